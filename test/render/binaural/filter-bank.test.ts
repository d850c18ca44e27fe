import { expect, test } from 'vitest';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { delayFilters } from '../../../src/render/binaural/ear-filters.ts';
import { createFilterBank } from '../../../src/render/binaural/filter-bank.ts';
import { createTrackInput } from '../../../src/render/binaural/fixed-input.ts';
import { impulse } from './scenes.ts';

test('adds its inputs to both ears', () => {
  const track = impulse(64, 5);
  const bank = createFilterBank(
    createScalarKernels(),
    [createTrackInput(track, delayFilters(3, 1, 0.5)), createTrackInput(track, delayFilters(1, 2, 0))],
    64,
  )!;
  const left = new Float32Array(64).fill(1);
  const right = new Float32Array(64);
  bank.addHop(0, left, right);
  expect([left[6], left[8], left[9]]).toEqual([3, 2, 1].map((value) => expect.closeTo(value, 5)));
  expect(right[8]).toBeCloseTo(0.5, 5);
  track.fill(0);
  bank.reset();
  left.fill(0);
  bank.addHop(64, left, right);
  expect(left).toEqual(new Float32Array(64));
});

test('there is no bank for nothing', () => {
  expect(createFilterBank(createScalarKernels(), [], 64)).toBeUndefined();
});
