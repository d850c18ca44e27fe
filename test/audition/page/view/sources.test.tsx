import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { Sources, columnClasses } from '../../../../src/audition/page/view/sources.tsx';
import { createFakeAudition, readyOverviews } from '../fakes.ts';

test('each source has a switch with name, kind, loudness and gain', async () => {
  const html = renderToString(
    <Sources audition={await createFakeAudition({ overviews: readyOverviews() })} />,
  );
  expect(html.match(/class="card-switch"/g)).toHaveLength(5);
  expect(html).toMatch(/aria-pressed="true"[^>]* title="Hear Binaural \(1\)"/);
  expect(html).toMatch(/aria-pressed="false"[^>]* title="Hear 7.1.4 \(3\)"/);
  expect(html).toContain('\u221214.0 LUFS');
  expect(html).toContain('\u22125.2 dB');
  expect(html).toMatch(/aria-pressed="true" aria-label="Stereo is B"/);
});

test('a blind test shows none as heard', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  audition.blind.value = startBlindTest('binaural', 'stereo', () => 0);
  const html = renderToString(<Sources audition={audition} />);
  expect(html).not.toContain('is-heard');
  expect(html.match(/class="card-switch"[^>]* disabled/g)).toHaveLength(5);
});

test('rows are of equal length', () => {
  expect([1, 5, 7, 8, 9, 12].map(columnClasses)).toEqual([
    'wide-1 narrow-1',
    'wide-5 narrow-3',
    'wide-7 narrow-4',
    'wide-8 narrow-4',
    'wide-5 narrow-3',
    'wide-6 narrow-4',
  ]);
});
