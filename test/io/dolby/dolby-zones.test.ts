import { expect, test } from 'vitest';
import { dolbyZone, dolbyZoneAttributes, dolbyZoneName } from '../../../src/io/dolby/dolby-zones.ts';
import { parseObjectBlock } from '../../../src/io/adm/object-block.ts';
import { xmlNode } from '../../../src/io/adm/format-values.ts';

test.each(['ZM1', 'ZM2L', 'ZM2R', 'ZM3L', 'ZM3Lss', 'ZM3R', 'ZM3Rss', 'ZM4', 'ZM5', 'ZB', 'ZT'] as const)(
  'zone %s is known again when it is read',
  (name) => {
    const zone = xmlNode('zone', dolbyZoneAttributes(name), name);
    const position = xmlNode('position', { coordinate: 'X' }, '0');
    const block = xmlNode('audioBlockFormat', {}, [position, xmlNode('zoneExclusion', {}, [zone])]);
    const { zoneExclusion } = parseObjectBlock(block, { file: 'a', path: 'b' }, true);
    expect(zoneExclusion.map(dolbyZoneName)).toEqual([name]);
    expect(dolbyZoneName(dolbyZone(name))).toBe(name);
  },
);

test('other zones have no name', () => {
  expect(dolbyZoneName({ kind: 'polar', azimuthDeg: [0, 1], elevationDeg: [0, 1] })).toBeUndefined();
  expect(dolbyZoneName({ kind: 'cartesian', min: [-1, -1, -1], max: [1, 0, 1] })).toBeUndefined();
});
