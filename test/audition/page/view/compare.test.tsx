import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Compare, matchingText } from '../../../../src/audition/page/view/compare.tsx';
import { createFakeAudition, readyOverviews } from '../fakes.ts';

test('A and B with their gains, the one that is heard pressed', async () => {
  const html = renderToString(
    <Compare audition={await createFakeAudition({ overviews: readyOverviews() })} />,
  );
  expect(html).toMatch(/aria-pressed="true" title="Hear A \(A\)"/);
  expect(html).toMatch(/aria-pressed="false" title="Hear B \(B\)"/);
  expect(html).toContain('<span class="ab-label">Stereo</span><span class="ab-gain">\u22125.2 dB</span>');
  expect(html).toContain('the quietest');
});

test('it is said what matching does, and what it waits for', async () => {
  const ready = await createFakeAudition({ overviews: readyOverviews() });
  expect(matchingText(ready)).toBe('All at \u221219.2 LUFS');
  ready.matchReferenceId.value = 'stereo';
  expect(matchingText(ready)).toBe('All at \u221214.0 LUFS');
  ready.isMatched.value = false;
  expect(matchingText(ready)).toBe('Levels as they are');
  const { binaural } = readyOverviews();
  const waiting = await createFakeAudition({ overviews: { binaural: binaural! } });
  expect(matchingText(waiting)).toBe('All at \u221216.0 LUFS, 4 not measured yet');
  expect(matchingText(await createFakeAudition())).toBe('Not matched yet, 5 not measured yet');
  const failed = { ...readyOverviews(), scene: { state: 'failed', message: 'No.' } as const };
  expect(matchingText(await createFakeAudition({ overviews: failed }))).toBe(
    'All at \u221219.2 LUFS, 1 could not be measured',
  );
});

test('the same source twice cannot be tested blind', async () => {
  const audition = await createFakeAudition();
  expect(renderToString(<Compare audition={audition} />)).not.toMatch(/disabled[^>]*>Blind test/);
  audition.slots.value = { a: 'stereo', b: 'stereo' };
  expect(renderToString(<Compare audition={audition} />)).toMatch(/disabled[^>]*>Blind test/);
});
