import { expect, test } from 'vitest';
import {
  barOf,
  glowOf,
  LevelFollower,
  peakToDb,
  silenceDb,
} from '../../../../src/audition/page/scene-view/level-glow.ts';

test('peaks are levels of full scale', () => {
  expect(peakToDb(1)).toBe(0);
  expect(peakToDb(0.1)).toBeCloseTo(-20);
  expect(peakToDb(0)).toBe(silenceDb);
});

test('glow and bar rise with the level, between nothing and full', () => {
  expect([-80, -54, -6, 0].map(glowOf)).toEqual([0, 0, 1, 1]);
  expect(glowOf(-30)).toBeGreaterThan(glowOf(-40));
  expect([-80, -60, -30, 0, 3].map(barOf)).toEqual([0, 0, 0.5, 1, 1]);
});

test('a level rises at once and falls 26 dB a second', () => {
  const follower = new LevelFollower();
  expect(follower.follow([1, 0.1], 0)).toBe(true);
  expect([...follower.levelsDb]).toEqual([0, expect.closeTo(-20)]);
  follower.follow([0, 1], 1);
  expect([...follower.levelsDb]).toEqual([expect.closeTo(-26), 0]);
  expect(follower.follow([], 10)).toBe(false);
  expect([...follower.levelsDb]).toEqual([silenceDb, silenceDb]);
});

test('the loudest of a run of channels counts; what is not there is silent', () => {
  const follower = new LevelFollower();
  follower.follow([0.1, 1, 0.01], 0);
  expect(follower.loudestDb(0, 1)).toBeCloseTo(-20);
  expect(follower.loudestDb(0, 3)).toBe(0);
  expect(follower.loudestDb(5, 2)).toBe(silenceDb);
  follower.reset();
  expect(follower.loudestDb(0, 3)).toBe(silenceDb);
});
