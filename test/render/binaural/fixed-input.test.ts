import { expect, test } from 'vitest';
import { delayFilters } from '../../../src/render/binaural/ear-filters.ts';
import { createTrackInput } from '../../../src/render/binaural/fixed-input.ts';
import { noise } from '../../support.ts';

test('a track input is its track', () => {
  const track = noise(64);
  const input = createTrackInput(track, delayFilters(0, 1, 1));
  expect(input.nextHop(0)).toBe(track);
  input.reset();
  expect(input.nextHop(64)).toBe(track);
});
