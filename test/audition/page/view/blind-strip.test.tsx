import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { BlindStrip, scoreText } from '../../../../src/audition/page/view/blind-strip.tsx';
import { createFakeAudition } from '../fakes.ts';

test('A, B and X can be heard; the page looks the same whatever X is', async () => {
  const audition = await createFakeAudition();
  const pages = [0, 0.9].map((number) => {
    const blind = { ...startBlindTest('binaural', 'stereo', () => number), heard: 'x' as const };
    audition.blind.value = blind;
    return renderToString(<BlindStrip audition={audition} test={blind} />);
  });
  expect(pages[0]).toBe(pages[1]);
  expect(pages[0]).toMatch(/aria-pressed="true" title="Hear X \(X\)"/);
  expect(pages[0]).toContain('hidden');
  expect(pages[0]).toContain('No votes yet');
});

test('the score has its probability, and unmatched loudness is said', async () => {
  const blind = { ...startBlindTest('binaural', 'stereo', () => 0), trialCount: 10, correctCount: 7 };
  expect(scoreText(blind)).toBe('7 of 10 right, p = 0.172');
  const audition = await createFakeAudition();
  audition.isMatched.value = false;
  expect(renderToString(<BlindStrip audition={audition} test={blind} />)).toContain(
    'Loudness is not matched',
  );
});
