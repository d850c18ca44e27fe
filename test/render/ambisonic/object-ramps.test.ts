import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { diffuseSignalCount, type DiffuseGainWriter } from '../../../src/render/ambisonic/diffuse-encoder.ts';
import { objectRamps } from '../../../src/render/ambisonic/object-ramps.ts';
import { createPlacementEncoder } from '../../../src/render/ambisonic/placement-encoder.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { blockAt, objectOf } from '../binaural/scenes.ts';

const sec = rationalFromDecimal;

const rampsOf = (order: number, blocks: readonly ObjectBlock[], startSample?: number) => [
  ...objectRamps(
    ...([objectOf(blocks), 48000, (order + 1) ** 2, createPlacementEncoder(order), 1] as const),
    ...([undefined, startSample] as const),
  ),
];

/** From the left to the right through the front in one second, after a second of standing. */
const sweep = [
  blockAt(80, 0, { durationSec: sec(1) }),
  blockAt(-80, 0, { startSec: sec(1), durationSec: sec(1) }),
];

test('a movement is cut into steps of at most 2 degrees that join', () => {
  const ramps = rampsOf(7, sweep);
  expect(ramps).toHaveLength(81);
  expect(ramps[0]).toMatchObject({ startSample: 0, endSample: 48000 });
  ramps.slice(1).forEach((ramp, i) => {
    expect(ramp.startSample).toBe(ramps[i]!.endSample);
    expect(ramp.gainsStart).toEqual(ramps[i]!.gainsEnd);
  });
  expect(ramps.at(-1)!.endSample).toBe(96000);
});

test('late in a long path the same ramps come, and hardly any of those before', () => {
  const turning = Array.from({ length: 400 }, (_, index) =>
    blockAt(((index * 70) % 360) - 180, index % 50, {
      ...{ startSec: sec(index), durationSec: sec(1) },
      ...(index % 3 === 0 ? { jumpPosition: true } : {}),
    }),
  );
  const all = rampsOf(3, turning);
  for (const startSample of [1, 48000 * 200, 48000 * 301 + 77, 48000 * 400]) {
    const late = rampsOf(3, turning, startSample);
    const isNeeded = ({ endSample }: { readonly endSample: number }): boolean => endSample > startSample;
    expect(late.filter(isNeeded)).toEqual(all.filter(isNeeded));
    expect(late.length).toBeLessThan(all.filter(isNeeded).length + 150);
  }
});

test('keeps the energy on the way, to 0.1 dB at order 7', () => {
  for (const { gainsStart, gainsEnd } of rampsOf(7, sweep)) {
    const middle = gainsStart.map((gain, acn) => (gain + gainsEnd[acn]!) / 2);
    const energy = middle.reduce((sum, gain) => sum + gain * gain, 0) / 8;
    expect(Math.abs(10 * Math.log10(energy))).toBeLessThan(0.1);
    expect(middle[0]).toBeCloseTo(1, 12);
  }
});

test('half the time is half the way', () => {
  const middle = rampsOf(1, sweep).find((ramp) => ramp.startSample === 72000)!;
  expect(middle.gainsStart[3]).toBeCloseTo(1, 9);
});

test('a jump fades in pieces no shorter than 64 samples', () => {
  const ramps = rampsOf(3, [
    blockAt(90, 0, { durationSec: sec(1) }),
    blockAt(-30, 0, {
      startSec: sec(1),
      durationSec: sec(1),
      jumpPosition: true,
      interpolationLengthSec: sec('0.005'),
    }),
  ]);
  expect(ramps).toHaveLength(1 + 3 + 1);
  expect(ramps.every((ramp) => ramp.endSample - ramp.startSample >= 64)).toBe(true);
});

test('a change of gain alone is one ramp; a gap yields nothing', () => {
  const ramps = rampsOf(1, [
    blockAt(10, 0, { durationSec: sec(1) }),
    blockAt(10, 0, { startSec: sec(1), durationSec: sec(1), gainDb: -6 }),
    blockAt(50, 0, { startSec: sec(3), durationSec: sec(1) }),
  ]);
  expect(ramps.map(({ startSample, endSample }) => [startSample, endSample])).toEqual([
    [0, 48000],
    [48000, 96000],
    [144000, 192000],
  ]);
  expect(ramps[1]!.gainsEnd[0]).toBeCloseTo(10 ** (-6 / 20), 12);
});

test('the diffuse part lies behind the channels and goes linearly between blocks; the direct part is the rest', () => {
  const blocks = [
    blockAt(0, 0, { diffuse: 0.36, durationSec: sec(1) }),
    blockAt(0, 0, { diffuse: 1, gainDb: -20, startSec: sec(1), durationSec: sec(1) }),
  ];
  const write: DiffuseGainWriter = ({ diffuse, gainDb }, level, gains) =>
    gains.fill(level * 10 ** (gainDb / 20) * Math.sqrt(diffuse));
  const ramps = [
    ...objectRamps(
      objectOf(blocks),
      48000,
      4 + diffuseSignalCount,
      (placement, gains) => {
        gains.fill(0);
        createPlacementEncoder(1)(placement, gains.subarray(0, 4));
      },
      2,
      write,
    ),
  ];
  expect(ramps[0]!.gainsStart[0]).toBeCloseTo(1.6, 12);
  expect(ramps[0]!.gainsStart[4]).toBeCloseTo(1.2, 12);
  const last = ramps.at(-1)!;
  expect(last.gainsEnd[0]).toBeCloseTo(0, 12);
  expect(last.gainsEnd[3 + diffuseSignalCount]).toBeCloseTo(0.2, 12);
});
