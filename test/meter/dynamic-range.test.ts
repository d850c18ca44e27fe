import { expect, test } from 'vitest';
import { createDynamicRangeMeter, programmeDynamicRange } from '../../src/meter/dynamic-range.ts';

/** Blocks of 3 s, each a root mean square (as sines have it) and a peak. */
function rangeOf(blocks: readonly (readonly [rms: number, peak: number])[]): number {
  const meter = createDynamicRangeMeter();
  for (const [rms, peak] of blocks)
    for (let step = 0; step < 30; step++)
      meter.take((rms * rms * 4800) / 2, step === 7 ? peak : peak / 2, 4800);
  return meter.result();
}

test('the second highest peak above the loudest fifth of the blocks', () => {
  const quiet = Array.from({ length: 8 }, () => [0.01, 0.02] as const);
  // The loudest fifth of ten blocks is two: their mean power is that of sqrt((0.2^2 + 0.1^2) / 2).
  const wanted = 20 * Math.log10(0.8 / Math.sqrt((0.04 + 0.01) / 2));
  expect(rangeOf([...quiet, [0.2, 0.8], [0.1, 1]])).toBeCloseTo(wanted, 9);
  // A steady sine has none.
  expect(rangeOf(Array.from({ length: 5 }, () => [0.5, 0.5] as const))).toBeCloseTo(0, 9);
});

test('one block stands for its second peak; a short last block counts; silence has no DR', () => {
  const meter = createDynamicRangeMeter();
  meter.take(0.5 * 100 * 0.01, 0.4, 100);
  expect(meter.result()).toBeCloseTo(20 * Math.log10(4), 9);
  expect(createDynamicRangeMeter().result()).toBe(NaN);
  expect(rangeOf([[0, 0]])).toBe(NaN);
});

test('the DR of a programme is the rounded mean of the channels that have one', () => {
  expect(programmeDynamicRange([8.2, NaN, 9.1])).toBe(9);
  expect(programmeDynamicRange([NaN])).toBe(NaN);
});
