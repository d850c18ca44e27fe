import { expect, test } from 'vitest';
import { objectBlockNames, parseEdgeLock, parseObjectBlock } from '../../../src/io/adm/object-block.ts';
import { parseXmlTree } from '../../../src/io/adm/xml-tree.ts';
import { objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { blockOf, polar } from './adm-bytes.ts';

const parse = (inner: string, attributes = '', isVersion2 = true, previous?: ObjectBlock) =>
  parseObjectBlock(
    parseXmlTree(Buffer.from(blockOf(inner, attributes)), { file: 'x.wav', take: () => false }),
    { file: 'x.wav', path: 'AB_1' },
    isVersion2,
    previous,
  );

test('what a block leaves out has the defaults of BS.2076', () => {
  expect(parse(polar(30, 10))).toEqual({
    ...objectBlockDefaults,
    position: { kind: 'polar', azimuthDeg: 30, elevationDeg: 10, distance: 1 },
  });
});

test('everything that a polar block can say', () => {
  const block = parse(
    `<position coordinate="azimuth" screenEdgeLock="left">-20.5</position><position coordinate="elevation" screenEdgeLock="top">5</position>
     <position coordinate="distance">0.5</position><width>40</width><height>30</height><depth>0.2</depth><diffuse>0.25</diffuse>
     <gain>0.5</gain><channelLock maxDistance="0.7">1</channelLock><objectDivergence azimuthRange="30">0.4</objectDivergence>
     <jumpPosition interpolationLength="0.005208">1</jumpPosition><screenRef>1</screenRef><importance>7</importance>
     <zoneExclusion><zone minAzimuth="-90" maxAzimuth="90" minElevation="10" maxElevation="90"/></zoneExclusion>`,
    'rtime="00:00:01.00000" duration="00:00:00.50000"',
  );
  expect(block).toEqual({
    startSec: { numerator: 100000n, denominator: 100000n },
    durationSec: { numerator: 50000n, denominator: 100000n },
    position: {
      kind: 'polar',
      azimuthDeg: -20.5,
      elevationDeg: 5,
      distance: 0.5,
      screenEdgeLock: { horizontal: 'left', vertical: 'top' },
    },
    gainDb: 20 * Math.log10(0.5),
    width: 40,
    height: 30,
    depth: 0.2,
    diffuse: 0.25,
    channelLock: { maxDistance: 0.7 },
    divergence: { value: 0.4, azimuthRangeDeg: 30, positionRange: undefined },
    zoneExclusion: [{ kind: 'polar', azimuthDeg: [-90, 90], elevationDeg: [10, 90] }],
    jumpPosition: true,
    interpolationLengthSec: { numerator: 5208n, denominator: 1000000n },
    screenRef: true,
    importance: 7,
  });
});

test('cartesian blocks as studio masters have them: Z may be missing', () => {
  const block = parse(
    `<cartesian>1</cartesian><position coordinate="X">-1.0000000000</position><position coordinate="Y">0.2257999778</position>
     <objectDivergence positionRange="0.3">0.5</objectDivergence>
     <zoneExclusion><zone minX="-1" maxX="1" minY="-1" maxY="0" minZ="-1" maxZ="1"/></zoneExclusion>
     <jumpPosition interpolationLength="0.000000">1</jumpPosition>`,
  );
  expect(block.position).toEqual({ kind: 'cartesian', xyz: [-1, 0.2257999778, 0] });
  expect(block.divergence).toEqual({ value: 0.5, azimuthRangeDeg: undefined, positionRange: 0.3 });
  expect(block.zoneExclusion).toEqual([{ kind: 'cartesian', min: [-1, -1, -1], max: [1, 0, 1] }]);
  expect(block.interpolationLengthSec).toEqual({ numerator: 0n, denominator: 1000000n });
});

test('divergence without a range: 45 degrees in BS.2076-1, none in BS.2076-2', () => {
  const inner = `${polar(0)}<objectDivergence>0.5</objectDivergence>`;
  expect(parse(inner, '', false).divergence?.azimuthRangeDeg).toBe(45);
  expect(parse(inner, '', true).divergence?.azimuthRangeDeg).toBe(0);
});

test('values that cannot be are refused with their place', () => {
  expect(() => parse('<position coordinate="azimuth">left</position>')).toThrow(
    /x.wav: AB_1: position azimuth is "left"; allowed/,
  );
  expect(() => parse(`${polar(0)}<diffuse>2</diffuse>`)).toThrow(
    /diffuse is "2"; allowed: a number from 0 to 1/,
  );
  expect(() => parse(`${polar(0)}<jumpPosition interpolationLength="soon">1</jumpPosition>`)).toThrow(
    /interpolationLength is "soon"/,
  );
});

test('edges of the screen belong to coordinates', () => {
  expect(parseEdgeLock('right', 'x')).toEqual({ horizontal: 'right' });
  expect(parseEdgeLock('bottom', 'z')).toEqual({ vertical: 'bottom' });
  expect(parseEdgeLock('left', 'elevation')).toEqual({});
  expect(parseEdgeLock(undefined, 'azimuth')).toEqual({});
  expect(objectBlockNames.has('headphoneVirtualise')).toBe(false);
});

test('what stays from block to block is shared, what changes is not', () => {
  const inner = (azimuthDeg: number): string =>
    `${polar(azimuthDeg)}<zoneExclusion><zone minX="0" maxX="1"/></zoneExclusion><jumpPosition interpolationLength="0.005">1</jumpPosition>`;
  const times = (start: string): string => `rtime="00:00:0${start}.0" duration="00:00:01.0"`;
  const first = parse(inner(30), times('0'));
  const second = parse(inner(30), times('1'), true, first);
  expect(second).toEqual({ ...first, startSec: { numerator: 10n, denominator: 10n } });
  for (const name of ['durationSec', 'position', 'zoneExclusion', 'interpolationLengthSec'] as const)
    expect(second[name]).toBe(first[name]);
  const third = parse(inner(31), 'rtime="00:00:02.0" duration="00:00:02.0"', true, second);
  expect(third.position).toMatchObject({ azimuthDeg: 31 });
  expect(third.durationSec).toEqual({ numerator: 20n, denominator: 10n });
});
