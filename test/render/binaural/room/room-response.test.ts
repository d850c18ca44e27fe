import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../../../src/base/coordinates.ts';
import { imageSources } from '../../../../src/render/binaural/room/image-sources.ts';
import { createHrtfInterpolator } from '../../../../src/hrtf/hrtf-interpolator.ts';
import {
  addFilters,
  designLateGain,
  designReflections,
  productOf,
} from '../../../../src/render/binaural/room/room-response.ts';
import { designEarFilters, earGain, pointPlacement } from '../../../../src/render/binaural/ear-filters.ts';
import { toySet } from '../../../hrtf/sets.ts';
import { noise } from '../../../support.ts';

const interpolator = createHrtfInterpolator(toySet(15));

test('sums of filters', () => {
  const filters = (...taps: number[]) => ({ left: Float32Array.from(taps), right: Float32Array.of(-1) });
  const sum = addFilters(filters(1, 2), filters(3, 4), 0.5, 1);
  expect([...sum.left]).toEqual([1, 3.5, 2]);
  expect([...sum.right]).toEqual([-1, -0.5]);
  expect([...addFilters(sum, filters(8), 1).left]).toEqual([9, 3.5, 2]);
});

test('reflections come after the direct sound, on both ears', () => {
  const { left, right } = designReflections(interpolator, [0, 1, 0], 'far', 40);
  // 3.1 ms is the first; the set's responses rise 8 taps after their start.
  const first = Math.floor(0.0031 * 48000);
  for (const ear of [left, right]) {
    expect(Math.max(...ear.subarray(0, first).map(Math.abs))).toBeLessThan(1e-3);
    expect(Math.max(...ear.map(Math.abs))).toBeGreaterThan(0.1);
  }
});

test('with its late gain, a mode has its ratio', () => {
  const decay = (seed: number) => noise(20_000, seed).map((sample, n) => sample * Math.exp(-n / 3000));
  const late = { left: decay(1), right: decay(2) };
  const front = designEarFilters(interpolator, pointPlacement(0, 0), 64, earGain);
  const reflections = designReflections(interpolator, [0, 1, 0], 'far', 64);
  const gain = designLateGain(interpolator, late)('far', reflections);
  const sum = (ear: 'left' | 'right') =>
    late[ear].map((sample, n) => gain * sample + (reflections[ear][n] ?? 0));
  const room = { left: sum('left'), right: sum('right') };
  expect(10 * Math.log10(productOf(front, front) / productOf(room, room))).toBeCloseTo(3, 2);
});

test('each reflection is the image, as the set hears it from there', () => {
  const direction = polarToCartesian(40, 20);
  const { left, right } = designReflections(interpolator, direction, 'mid', 40);
  // The room is linear: taken one by one, images add up to the whole.
  const expected = [new Float64Array(left.length), new Float64Array(right.length)];
  for (const image of imageSources(direction, 'mid')) {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(image.direction);
    const place = pointPlacement(azimuthDeg, elevationDeg);
    const delaySamples = 40 + image.delaySec * 48_000;
    const filters = designEarFilters(interpolator, place, delaySamples, image.gain * earGain);
    filters.left.forEach((tap, n) => n < left.length && (expected[0]![n]! += tap));
    filters.right.forEach((tap, n) => n < right.length && (expected[1]![n]! += tap));
  }
  [left, right].forEach((ear, e) => ear.forEach((tap, n) => expect(tap).toBeCloseTo(expected[e]![n]!, 4)));
});
