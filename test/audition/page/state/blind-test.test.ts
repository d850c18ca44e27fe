import { expect, test } from 'vitest';
import {
  formatProbability,
  guessingProbability,
  heardSourceId,
  startBlindTest,
  vote,
} from '../../../../src/audition/page/state/blind-test.ts';

const low = (): number => 0.2;
const high = (): number => 0.8;

test('X is one of the two, and what is heard follows', () => {
  const test1 = startBlindTest('binaural', 'stereo', high);
  expect(test1.hidden).toBe('b');
  expect(heardSourceId(test1)).toBe('binaural');
  expect(heardSourceId({ ...test1, heard: 'b' })).toBe('stereo');
  expect(heardSourceId({ ...test1, heard: 'x' })).toBe('stereo');
});

test('votes are counted, X is drawn anew, and A is heard again', () => {
  const first = { ...startBlindTest('p', 'q', low), heard: 'x' as const };
  const second = vote(first, 'a', high);
  expect(second).toMatchObject({ trialCount: 1, correctCount: 1, hidden: 'b', heard: 'a' });
  expect(vote(second, 'a', low)).toMatchObject({ trialCount: 2, correctCount: 1, hidden: 'a' });
});

test('X is each of the two about as often as the other', () => {
  let count = 0;
  for (let k = 0; k < 1000; k++) if (startBlindTest('p', 'q', () => k / 1000).hidden === 'a') count++;
  expect(count).toBe(500);
});

test('the probability is the upper tail of the binomial distribution', () => {
  // Closed form: 7 or more of 10 is (120 + 45 + 10 + 1) / 1024; 12 of 16 is the usual bar of 5 %.
  expect(guessingProbability(10, 7)).toBeCloseTo(176 / 1024, 12);
  expect(guessingProbability(16, 12)).toBeCloseTo(2517 / 65536, 12);
  expect(guessingProbability(0, 0)).toBe(1);
  expect(guessingProbability(5, 0)).toBeCloseTo(1, 12);
  expect(guessingProbability(5, 5)).toBeCloseTo(1 / 32, 12);
  expect(guessingProbability(4000, 2000)).toBeCloseTo(0.5063, 3);
  expect(formatProbability(176 / 1024)).toBe('p = 0.172');
  expect(formatProbability(0.0002)).toBe('p < 0.001');
});
