import { expect, test } from 'vitest';
import {
  dolbyBlockLosses,
  dolbyBlocksOf,
  dolbyGridTicks,
  dolbyMaxDeviation,
} from '../../../src/io/adm/dolby-blocks.ts';
import type { AudioObject, ObjectBlock } from '../../../src/scene/scene.ts';
import { blockOf, objectOf } from './write-scenes.ts';

function design(object: AudioObject, totalTicks: number) {
  return { blocks: [...dolbyBlocksOf(object, totalTicks)], losses: dolbyBlockLosses(object, totalTicks) };
}

const at = (x: number, y = 0, z = 0): Pick<ObjectBlock, 'position'> => ({
  position: { kind: 'cartesian', xyz: [x, y, z] },
});
const second = 100_000;

test('a block that jumps within the ramp of the profile stays one block', () => {
  const ramp = { interpolationLengthSec: { numerator: 5208n, denominator: 1_000_000n }, jumpPosition: true };
  const { blocks, losses } = design(
    objectOf('a', [blockOf(0, 1, { ...at(-1), ...ramp }), blockOf(1, 1.5, { ...at(1), ...ramp })]),
    2.5 * second,
  );
  expect(blocks).toMatchObject([
    { startTicks: 0, durationTicks: second, xyz: [-1, 0, 0], gain: 1 },
    { startTicks: second, durationTicks: 1.5 * second, xyz: [1, 0, 0] },
  ]);
  expect(losses).toEqual([]);
});

test('a slow movement is a staircase that is never off by more than is stated', () => {
  const object = objectOf('a', [
    blockOf(0, 1, at(-1)),
    blockOf(1, 4, { ...at(1, 1), gainDb: -6 }),
    blockOf(5, 1, at(1, 1)),
  ]);
  const { blocks } = design(object, 6 * second);
  expect(blocks.length).toBeGreaterThan(200);
  for (const { startTicks, durationTicks, xyz, gain } of blocks.filter(
    ({ startTicks }) => startTicks >= second && startTicks < 5 * second,
  )) {
    expect(durationTicks).toBeGreaterThanOrEqual(dolbyGridTicks);
    for (const ticks of [startTicks, startTicks + durationTicks]) {
      const share = (ticks - second) / (4 * second);
      const wanted = [-1 + 2 * share, share, 1 + (10 ** (-6 / 20) - 1) * share];
      const given = [xyz[0], xyz[1], gain];
      for (const [index, value] of wanted.entries())
        expect(Math.abs(given[index]! - value)).toBeLessThanOrEqual(dolbyMaxDeviation + 1e-6);
    }
  }
});

test.each([0.003, 0.02, 0.1, 3])(
  'blocks touch, cover the programme and leave room for their ramps: steps of %d s',
  (stepSec) => {
    const count = Math.floor(6 / stepSec);
    const steps = Array.from({ length: count }, (_, index) =>
      blockOf(Number((index * stepSec).toFixed(6)), stepSec, at(Math.sin(index))),
    );
    const { blocks } = design(objectOf('a', steps), 6.5 * second);
    expect(blocks[0]!.startTicks).toBe(0);
    let endTicks = 0;
    for (const [index, { startTicks, durationTicks }] of blocks.entries()) {
      expect(startTicks).toBe(endTicks);
      if (index > 0) expect(durationTicks).toBeGreaterThanOrEqual(dolbyGridTicks);
      endTicks = startTicks + durationTicks;
    }
    expect(endTicks).toBe(6.5 * second);
  },
);

test('before, between and behind its blocks an object is silent', () => {
  const { blocks } = design(objectOf('a', [blockOf(1, 1, at(1)), blockOf(3, 1, at(-1))]), 5 * second);
  expect(blocks.map(({ startTicks, gain, xyz }) => [startTicks / second, gain, xyz[0]])).toEqual([
    [0, 0, 1],
    [1, 1, 1],
    [2, 0, 1],
    [3, 1, -1],
    [4, 0, -1],
  ]);
});

test('corners of the sphere are corners of the cube, and offsets are added', () => {
  const polar = (azimuthDeg: number, elevationDeg: number) =>
    blockOf(0, undefined, { position: { kind: 'polar', azimuthDeg, elevationDeg, distance: 1 } });
  const xyzOf = (object: Parameters<typeof design>[0]) =>
    design(object, second).blocks[0]!.xyz.map((value) => Number(value.toFixed(9)) + 0);
  expect(xyzOf(objectOf('a', [polar(30, 0)]))).toEqual([-1, 1, 0]);
  expect(xyzOf(objectOf('a', [polar(-110, 30)]))).toEqual([1, -1, 1]);
  const positionOffset = { kind: 'polar' as const, azimuthDeg: -30, elevationDeg: 90, distance: 0 };
  expect(xyzOf(objectOf('a', [polar(30, 0)], { positionOffset }))).toEqual([0, 0, 1]);
});

test('what the profile cannot say is named; mute is gain 0; importance 0 is kept for silence', () => {
  const { blocks, losses } = design(
    objectOf('a', [
      blockOf(0, 1, {
        position: { kind: 'cartesian', xyz: [2, 0, 0] },
        width: 0.5,
        diffuse: 0.4,
        divergence: { value: 0.5, azimuthRangeDeg: undefined, positionRange: 0.2 },
        zoneExclusion: [{ kind: 'polar', azimuthDeg: [0, 1], elevationDeg: [0, 1] }],
        channelLock: { maxDistance: 1 },
        screenRef: true,
        importance: 0,
      }),
    ]),
    second,
  );
  expect(losses).toHaveLength(8);
  expect(losses).toContain('importance 0 (it becomes 1)');
  expect(blocks[0]).toMatchObject({
    xyz: [1, 0, 0],
    importance: 1,
    isSnapped: true,
    isDiffuse: false,
    zones: [],
  });
  const muted = design(objectOf('a', [blockOf(0, 1, { importance: 0 })], { mute: true }), second);
  expect(muted.blocks[0]).toMatchObject({ gain: 0, importance: 0 });
});

test('an object that starts behind the end is one silent block', () => {
  const { blocks } = design(objectOf('late', [blockOf(2, 1, { gainDb: -6 })]), second);
  expect(blocks).toMatchObject([{ startTicks: 0, durationTicks: second, gain: 0 }]);
});
