import { expect, test } from 'vitest';
import {
  canTurn,
  durationSecOf,
  isHeadHeard,
  overviewOf,
} from '../../../../src/audition/page/state/audition-state.ts';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { createFakeAudition, readyOverviews } from '../fakes.ts';

test('sources are matched to the quietest as they are heard, and only while that is wanted', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  const { told } = audition.engine;
  expect(told.slice(-5)).toEqual([
    'gain binaural -3.2',
    'gain stereo -5.2',
    'gain 7.1.4 -0.8',
    'gain ambix3 0.0',
    'gain scene -0.2',
  ]);
  audition.isMatched.value = false;
  expect(told.slice(-5).every((line) => line.endsWith(' 0.0'))).toBe(true);
});

test('what is not measured yet keeps its level', async () => {
  const { stereo, binaural } = readyOverviews();
  const audition = await createFakeAudition({ overviews: { stereo: stereo!, binaural: binaural! } });
  expect(Object.fromEntries(audition.matchingDb.value)).toEqual({ binaural: 0, stereo: -2 });
  expect(audition.engine.told.slice(-1)).toEqual(['gain scene 0.0']);
});

test('volume and loop reach the engine', async () => {
  const audition = await createFakeAudition();
  audition.volumeDb.value = -12;
  expect(audition.engine.told).toContain('volume -12');
  audition.loop.value = { startFrame: 0, endFrame: 48000 };
  expect(audition.engine.state.loop).toBeUndefined();
  audition.isLooping.value = true;
  expect(audition.engine.state.loop).toEqual({ startFrame: 0, endFrame: 48000 });
});

test('a blind test is heard and not seen', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  audition.blind.value = { ...startBlindTest('binaural', 'ambix3', () => 0.9), heard: 'x' };
  expect(audition.engine.state.sourceId).toBe('ambix3');
  expect(audition.shown.value?.id).toBe('binaural');
  expect(isHeadHeard(audition)).toBe(false);
  audition.blind.value = startBlindTest('scene', 'ambix3', () => 0.9);
  expect(isHeadHeard(audition)).toBe(true);
});

test('facts of the session', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  expect(durationSecOf(audition.session)).toBe(30);
  expect(audition.session.sources.filter(canTurn).map(({ id }) => id)).toEqual(['ambix3', 'scene']);
  expect(overviewOf(audition, 'stereo')?.heardLufs).toBe(-14);
  expect(overviewOf(audition, undefined)).toBeUndefined();
});
