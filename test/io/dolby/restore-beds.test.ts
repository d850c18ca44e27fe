import { expect, test } from 'vitest';
import { zeroSec } from '../../../src/scene/block-timing.ts';
import type { AdmElement } from '../../../src/io/adm/adm-elements.ts';
import { restoreBeds } from '../../../src/io/dolby/restore-beds.ts';
import type { SceneElement } from '../../../src/scene/scene.ts';
import { bedOf, blockOf, objectOf } from '../adm/write-scenes.ts';

const madeOf = (element: SceneElement, count: number): AdmElement => ({
  element,
  item: { objects: [], packId: '', type: 'Objects', channels: [] },
  channels: Array.from({ length: count }, (_, index) => ({
    channelId: `${element.name} ${index}`,
    track: undefined,
  })),
  startSec: zeroSec,
  endSec: undefined,
});
const corner = (label: string, x: number, y: number, values = {}) =>
  madeOf(
    objectOf(`4+7+0 bed 1 ${label}`, [
      blockOf(0, undefined, { position: { kind: 'cartesian', xyz: [x, y, 1] }, ...values }),
    ]),
    1,
  );
const bed = madeOf(bedOf('7.1.2', { name: 'bed' }), 10);
const corners = [
  corner('U+045', -1, 1),
  corner('U-045', 1, 1),
  corner('U+135', -1, -1),
  corner('U-135', 1, -1, { gainDb: -2 }),
];

test('a bed and its four objects are one again, each channel with its track and gain', () => {
  const [restored, ...others] = restoreBeds([bed, ...corners]);
  expect(others).toEqual([]);
  expect(restored!.element).toMatchObject({ kind: 'bed', layout: '4+7+0', name: 'bed' });
  expect(restored!.channels.map(({ channelId }) => channelId).slice(7)).toEqual([
    'bed 7',
    ...['U+045', 'U-045', 'U+135', 'U-135'].map((label) => `4+7+0 bed 1 ${label} 0`),
  ]);
  expect('channels' in restored!.element && restored!.element.channels.at(-1)).toMatchObject({
    label: 'U-135',
    gainDb: -2,
  });
});

test('what is moved, missing or of another bed stays as it is', () => {
  const moved = [bed, ...corners.slice(0, 3), corner('U-135', 0.5, -1)];
  expect(restoreBeds(moved)).toEqual(moved);
  expect(restoreBeds([bed, ...corners.slice(0, 3)])).toHaveLength(4);
  expect(restoreBeds(corners)).toEqual(corners);
});
