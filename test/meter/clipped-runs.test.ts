import { expect, test } from 'vitest';
import { createClippingMeter } from '../../src/meter/clipped-runs.ts';

/** Runs as [start, length], the samples cut into steps of a size. */
function runsOf(samples: readonly number[], size: number) {
  const meter = createClippingMeter();
  for (let from = 0; from < samples.length; from += size) {
    const step = Float32Array.from(samples.slice(from, from + size));
    meter.take(step, step.length, from, Math.min(...step), Math.max(...step));
  }
  const { count, runs } = meter.result();
  expect(runs).toHaveLength(Math.min(count, 2000));
  return runs.map(({ startSample, lengthSamples }) => [startSample, lengthSamples]);
}

test.each([1, 3, 5, 100])('runs at the top and at the bottom, over the bounds of steps of %i', (size) => {
  const samples = [0, 0.5, 0.9, 0.9, 0.9, 0.9, 0.2, -0.7, -0.7, -0.7, 0.9, 0.9, 0, 0.9, 0.9, 0.9];
  expect(runsOf(samples, size)).toEqual([
    [2, 4],
    [7, 3],
    [13, 3],
  ]);
});

test.each([1, 4, 100])('runs below the highest value are none, unless at full scale; steps of %i', (size) => {
  expect(runsOf([0.5, 0.5, 0.5, 0, 0.8], size)).toEqual([]);
  expect(runsOf([0.8, 0, 0.5, 0.5, 0.5], size)).toEqual([]);
  // 16-bit clipping: 32767 above, -32768 below.
  const top = 32767 / 32768;
  expect(runsOf([top, top, top, 0, -1, -1, -1, 0, 1.5, 1, 1, 1], size)).toEqual([
    [0, 3],
    [4, 3],
    [9, 3],
  ]);
});

test('silence is not clipped; equal neighbours of different value are no run', () => {
  expect(runsOf(new Array<number>(50).fill(0), 7)).toEqual([]);
  expect(runsOf([1, 1, 1.5, 1.5, 1, 1], 100)).toEqual([]);
});

test('all are counted, the first thousand of a side kept', () => {
  const meter = createClippingMeter();
  const step = Float32Array.from({ length: 8000 }, (_, n) => (n % 4 === 3 ? 0 : 1));
  meter.take(step, 8000, 0, 0, 1);
  expect(meter.result()).toMatchObject({ count: 2000 });
  expect(meter.result().runs).toHaveLength(1000);
});
