import { expect, test } from 'vitest';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import {
  delayFilters,
  designEarFilters,
  earFilterTapCount,
  pointPlacement,
} from '../../../src/render/binaural/ear-filters.ts';
import { levelDbAt, toyLevel, toySet } from '../../hrtf/sets.ts';

test('filters hold the level, the arrival and the base delay', () => {
  const set = toySet(15);
  const interpolator = createHrtfInterpolator(set);
  const { left, right } = designEarFilters(interpolator, pointPlacement(90, 0), 40, 0.5);
  expect(left).toHaveLength(earFilterTapCount(interpolator, 40));
  expect(levelDbAt(left, 100, 48000)).toBeCloseTo(20 * Math.log10(0.75 * toyLevel(90, 0, 0)), 2);
  const peakOf = (filter: Float32Array) => filter.indexOf(Math.max(...filter));
  const delay = (0.0875 / 343) * (1 + Math.PI / 2) * 48000;
  expect(Math.abs(peakOf(right) - peakOf(left) - delay)).toBeLessThan(1);
  expect(Math.abs(peakOf(left) - 48 + (0.0875 / 343) * 48000)).toBeLessThan(1);
});

test('delayFilters are impulses', () => {
  const { left, right } = delayFilters(3, 0.5, 0.25);
  expect([...left]).toEqual([0, 0, 0, 0.5]);
  expect([...right]).toEqual([0, 0, 0, 0.25]);
});
