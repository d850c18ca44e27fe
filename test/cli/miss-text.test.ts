import { expect, test } from 'vitest';
import { isMissing, missTexts } from '../../src/cli/miss-text.ts';

const outcome = { missedByLu: 1.234, loudnessTargetLufs: -18, maxReductionDb: 6 };

test('what is not as it was asked for is said with its reason', () => {
  expect(missTexts('scene', { ...outcome, status: 'reduction-limited' })).toEqual([
    'scene: 1.23 LU below -18.0 LUFS: more would need over 6.0 dB of limiting',
  ]);
  expect(missTexts('5.1', { ...outcome, status: 'gate-jump' })[0]).toContain('the loudness jump over it');
  expect(missTexts('5.1', { ...outcome, status: 'not-converged' })[0]).toContain('all passes');
});

test('nothing is said of what is met, or silent', () => {
  for (const status of ['met', 'silent'] as const) {
    expect(isMissing({ status })).toBe(false);
    expect(missTexts('5.1', { ...outcome, status })).toEqual([]);
  }
});
