import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createDiffuseInput } from '../../../src/render/binaural/diffuse-input.ts';
import { delayFilters } from '../../../src/render/binaural/ear-filters.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { blockAt, objectOf } from './scenes.ts';

test('sums the diffuse parts by power, and ramps where they change', () => {
  const durationSec = rationalFromDecimal(0.064);
  const still = objectOf([blockAt(0, 0, { diffuse: 0.25 })]);
  const changing = objectOf([
    blockAt(0, 0, { durationSec }),
    blockAt(0, 0, { startSec: durationSec, durationSec, diffuse: 1 }),
  ]);
  const sources = [still, changing].map((object, trackIndex) => ({
    track: createObjectTrack(object, 1000, 1),
    trackIndex,
    gain: 2,
  }));
  const ones = new Float32Array(64).fill(1);
  const input = createDiffuseInput(sources, [ones, ones], delayFilters(0, 1, 1));
  expect(input.nextHop(0)[10]).toBeCloseTo(1, 6);
  const next = input.nextHop(64);
  expect(next[0]).toBeCloseTo(1, 6);
  expect(next[32]).toBeCloseTo(1 + 1, 6);
  input.reset();
  expect(input.nextHop(0)[63]).toBeCloseTo(1, 6);
});
