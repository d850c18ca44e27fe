import { expect, test } from 'vitest';
import { resampleHrtf } from '../../src/hrtf/resample-hrtf.ts';
import { levelDbAt, toySet } from './sets.ts';

test('keeps levels and times', () => {
  const set = toySet(30);
  const resampled = resampleHrtf(set, 96000);
  expect(resampleHrtf(set, 48000)).toBe(set);
  expect(resampled.tapCount).toBe(64);
  expect(resampled.arrivalSamples[3]).toBeCloseTo(2 * set.arrivalSamples[3]!, 12);
  for (const frequencyHz of [100, 1000, 8000])
    expect(levelDbAt(resampled.responses.subarray(64 * 5, 64 * 6), frequencyHz, 96000)).toBeCloseTo(
      levelDbAt(set.responses.subarray(32 * 5, 32 * 6), frequencyHz, 48000),
      1,
    );
});
