import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../../src/base/coordinates.ts';
import { createHrtfInterpolator } from '../../../../src/hrtf/hrtf-interpolator.ts';
import {
  designReflections,
  lateGain,
  nearestSector,
  productOf,
  sectorGain,
  sectors,
} from '../../../../src/render/binaural/room/room-response.ts';
import { designEarFilters, earGain, pointPlacement } from '../../../../src/render/binaural/ear-filters.ts';
import { toySet } from '../../../hrtf/sets.ts';
import { noise } from '../../../support.ts';

const interpolator = createHrtfInterpolator(toySet(15));

test('sectors share the power of a source, and the nearest has most of it', () => {
  for (let i = 0; i < 30; i++) {
    const direction = polarToCartesian(i * 137.5, 90 * Math.sin(i));
    const gains = sectors.map((_, sector) => sectorGain(direction, sector));
    expect(gains.reduce((sum, gain) => sum + gain * gain, 0)).toBeCloseTo(1, 9);
    expect(gains[nearestSector(direction)]).toBe(Math.max(...gains));
  }
  sectors.forEach((direction, sector) => expect(sectorGain(direction, sector)).toBe(1));
});

test('reflections come after the direct sound, on both ears', () => {
  const { left, right } = designReflections(interpolator, 2, 'far', 40);
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
  const reflections = designReflections(interpolator, 2, 'far', 64);
  const gain = lateGain(interpolator, 'far', reflections, late);
  const sum = (ear: 'left' | 'right') =>
    late[ear].map((sample, n) => gain * sample + (reflections[ear][n] ?? 0));
  const room = { left: sum('left'), right: sum('right') };
  expect(10 * Math.log10(productOf(front, front) / productOf(room, room))).toBeCloseTo(3, 2);
});
