import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createObjectTrack, hopOf } from '../../../src/render/binaural/object-track.ts';
import { blockAt, objectOf } from './scenes.ts';

const sec = rationalFromDecimal;
const ones = new Float32Array(100).fill(1);

test('gains ramp over the block that moves, and are 0 where no block is', () => {
  const object = objectOf([
    blockAt(0, 0, { durationSec: sec(0.1), gainDb: -Infinity }),
    blockAt(90, 0, { startSec: sec(0.1), durationSec: sec(0.1) }),
  ]);
  const track = createObjectTrack(object, 1000, 0.5);
  const output = new Float32Array(100);
  expect(track.isStatic).toBe(false);
  track.applyGains(0, 100, ones, output);
  expect(Math.max(...output)).toBe(0);
  track.applyGains(100, 100, ones, output);
  for (const n of [0, 25, 99]) expect(output[n]).toBeCloseTo((0.5 * n) / 100, 6);
  track.applyGains(200, 100, ones, output);
  expect(Math.max(...output)).toBe(0);
});

test('what sounds as it is stays where it is, all else is written', () => {
  const object = objectOf([
    blockAt(0, 0, { durationSec: sec(0.1) }),
    blockAt(90, 0, { startSec: sec(0.1), durationSec: sec(0.15) }),
    blockAt(90, 0, { startSec: sec(0.25), durationSec: sec(0.2), gainDb: -6 }),
    blockAt(90, 0, { startSec: sec(0.45), durationSec: sec(0.1) }),
  ]);
  const output = new Float32Array(100);
  const hear = (gain: number, hop: number) =>
    hopOf(createObjectTrack(object, 1000, gain), 100 * hop, ones, output);
  expect([0, 1].map((hop) => hear(1, hop))).toEqual([ones, ones]);
  expect(hear(1, 0)).toBe(ones);
  // The gain moves, the gain is not 1, the last block ends, nothing is there.
  for (const hop of [2, 3, 5, 6]) expect(hear(1, hop)).toBe(output);
  expect(hear(0.5, 0)).toBe(output);
  expect(output[50]).toBe(0.5);
});

test('placements move with the ramp, wait before the first block and stay after the last', () => {
  const object = objectOf([
    blockAt(0, 0, { startSec: sec(0.05), durationSec: sec(0.05) }),
    blockAt(90, 0, { startSec: sec(0.1), durationSec: sec(0.1) }),
  ]);
  const track = createObjectTrack(object, 1000, 1);
  const azimuthAt = (sample: number) => {
    const [x, y] = track.placementAt(sample).direction;
    return (Math.atan2(-x, y) * 180) / Math.PI;
  };
  expect([0, 60, 100, 150, 200, 500].map(azimuthAt)).toEqual(
    [0, 0, 0, 45, 90, 90].map((azimuthDeg) => expect.closeTo(azimuthDeg, 6)),
  );
  track.reset();
  expect(azimuthAt(150)).toBeCloseTo(45, 6);
});

test('one position is static whatever the gains do', () => {
  const blocks = [blockAt(20, 0, { durationSec: sec(1) }), blockAt(20, 0, { startSec: sec(1), gainDb: -6 })];
  expect(createObjectTrack(objectOf(blocks), 1000, 1).isStatic).toBe(true);
});

test('directions are those of the placements, on arcs and on lines, before and after', () => {
  const move = { startSec: sec(0.05), durationSec: sec(0.05) };
  const corner = { kind: 'cartesian', xyz: [1, 1, 0.5] } as const;
  const paths = [
    [blockAt(10, 5, { durationSec: sec(0.05) }), blockAt(120, 40, move)],
    [blockAt(90, 0, { durationSec: sec(0.05) }), blockAt(-90, 0, move)],
    [blockAt(0, 0, { durationSec: sec(0.05) }), blockAt(0.01, 0, move)],
    [
      blockAt(0, 0, { durationSec: sec(0.05), position: corner }),
      blockAt(0, 0, { ...move, position: { kind: 'cartesian', xyz: [-1, 1, 0] } }),
    ],
  ];
  for (const blocks of paths) {
    const track = createObjectTrack(objectOf(blocks), 1000, 1);
    const reference = createObjectTrack(objectOf(blocks), 1000, 1);
    expect(track.isPoint).toBe(true);
    for (const sample of [-10, 0, 50, 60, 75, 99, 100, 500]) {
      const direction = track.directionAt(sample, [0, 0, 0]);
      reference.placementAt(sample).direction.forEach((x, i) => expect(direction[i]).toBeCloseTo(x, 6));
    }
  }
});

test('placements just before the gains written last are still known', () => {
  const blocks = [
    blockAt(0, 0, { durationSec: sec(0.1) }),
    blockAt(90, 0, { startSec: sec(0.1), durationSec: sec(0.1) }),
  ];
  const track = createObjectTrack(objectOf(blocks), 1000, 1);
  track.applyGains(200, 100, ones, new Float32Array(100));
  const [x, y] = track.placementAt(150).direction;
  expect((Math.atan2(-x, y) * 180) / Math.PI).toBeCloseTo(45, 6);
});
