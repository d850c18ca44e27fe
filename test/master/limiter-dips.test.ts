import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLimiterDips, deepenDips } from '../../src/master/limiter-dips.ts';

const kernels = createScalarKernels();
const latencySamples = 300;
const frames = 2000;

function gainsOf(dips: Parameters<typeof createLimiterDips>[0]['dips'], size: number): Float32Array[] {
  const curves = createLimiterDips({
    ...{ kernels, groupCount: 2, sampleRateHz: 48000, latencySamples, capacityFrames: frames, dips },
  });
  const gains = [new Float32Array(frames).fill(1), new Float32Array(frames).fill(0.5)];
  for (let from = 0; from < frames; from += size) {
    const to = Math.min(frames, from + size);
    curves.apply(
      gains.map((row) => row.subarray(from, to)),
      to - from,
    );
  }
  return gains;
}

test('a dip is centred on its over, in its group, with the same bits for any cut', () => {
  const dips = [{ group: 1, frame: 800, depthDb: 1 }];
  const [other, dipped] = gainsOf(dips, frames);
  const at = 800 + latencySamples;
  const depth = 10 ** (-1 / 20);
  expect(other!.every((gain) => gain === 1)).toBe(true);
  for (let k = -49; k <= 50; k++) expect(dipped![at + k]! / 0.5).toBeCloseTo(depth, 6);
  // As long before the over as behind the sample that follows it.
  for (let k = 0; k < 200; k++) expect(dipped![at + 1 + k]).toBeCloseTo(dipped![at - k]!, 6);
  expect(dipped![at - 200]).toBe(0.5);
  expect(dipped![at + 201]).toBe(0.5);
  expect(gainsOf(dips, 7)).toEqual([other, dipped]);
});

test('dips in any order; where they overlap the deepest counts', () => {
  const [first, second] = [
    { group: 0, frame: 900, depthDb: 0.25 },
    { group: 0, frame: 500, depthDb: 0.5 },
  ];
  const [gains] = gainsOf([first, second, { ...first, frame: 920, depthDb: 0.1 }, first], frames);
  expect(20 * Math.log10(gains![900 + latencySamples]!)).toBeCloseTo(-0.25, 5);
  expect(20 * Math.log10(gains![500 + latencySamples]!)).toBeCloseTo(-0.5, 5);
});

test('an over beside a dip goes lower than the dip; elsewhere it stands alone', () => {
  const dips = [
    { group: 0, frame: 900, depthDb: 0.25 },
    { group: 0, frame: 880, depthDb: 0.1 },
  ];
  const overs = [910, 2000].map((frame) => ({ group: 0, frame, depthDb: 0.01 }));
  const elsewhere = { group: 1, frame: 900, depthDb: 0.02 };
  const deepened = deepenDips(dips, [...overs, elsewhere]);
  expect(deepened.slice(0, 2)).toEqual(dips);
  expect(deepened.slice(2).map(({ depthDb }) => depthDb)).toEqual([0.26, 0.01, 0.02]);
});
