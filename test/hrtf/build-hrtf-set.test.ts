import { expect, test } from 'vitest';
import { buildHrtfSet } from '../../src/hrtf/build-hrtf-set.ts';
import { levelDbAt, nearestDirection, toyMeasurement } from './sets.ts';

test('makes a full sphere whose front begins at 0, with the low end at 0 dB', () => {
  const set = buildHrtfSet(toyMeasurement(15, -45));
  expect(Math.min(...set.directionsDeg.filter((_, i) => i % 2 === 1))).toBeLessThanOrEqual(-85);
  const front = nearestDirection(set.directionsDeg, 0, 0);
  const response = set.responses.subarray(2 * front * set.tapCount, (2 * front + 1) * set.tapCount);
  const peak = Math.max(...response.map(Math.abs));
  const onset = response.findIndex((sample) => Math.abs(sample) > 0.2 * peak);
  expect(Math.abs(onset + set.arrivalSamples[2 * front]!)).toBeLessThan(1);
  expect(levelDbAt(response, 60, 44100)).toBeCloseTo(0, 0);
});
