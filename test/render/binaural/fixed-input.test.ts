import { expect, test } from 'vitest';
import { delayFilters } from '../../../src/render/binaural/ear-filters.ts';
import {
  createObjectSource,
  createSharedObject,
  createTrackInput,
} from '../../../src/render/binaural/fixed-input.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { noise } from '../../support.ts';
import { blockAt, objectOf } from './scenes.ts';

test('a track input is its track', () => {
  const track = noise(64);
  const input = createTrackInput(track, delayFilters(0, 1, 1));
  expect(input.nextHop(0)).toBe(track);
  input.reset();
  expect(input.nextHop(64)).toBe(track);
});

const object = () => createObjectTrack(objectOf([blockAt(30, 0, { gainDb: -20 })]), 48000, 1);

test('an object source has the gains of its object', () => {
  const track = noise(64);
  const source = createObjectSource(object(), track);
  expect(source.nextHop(0)).toBe(source.hop);
  source.hop.forEach((sample, n) => expect(sample).toBeCloseTo(0.1 * track[n]!, 7));
});

test('the second path of a shared object hears what the first one took', () => {
  const track = noise(64);
  const { audio, second } = createSharedObject(object(), track);
  const output = new Float32Array(64);
  audio.nextHop(0);
  expect(second.passes(0, 64)).toBe(false);
  second.applyGains(0, 64, track, output);
  expect(output).toEqual(audio.hop);
  expect(second.isStatic).toBe(true);
  expect(second.placementAt(0)).toEqual(object().placementAt(0));
});
