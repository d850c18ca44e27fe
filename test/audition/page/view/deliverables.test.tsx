import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Deliverables } from '../../../../src/audition/page/view/deliverables.tsx';
import { createFakeAudition, readyOverviews } from '../fakes.ts';

test('loudness, target, range and true peak of each source', async () => {
  const html = renderToString(
    <Deliverables audition={await createFakeAudition({ overviews: readyOverviews() })} />,
  );
  expect(html).toContain(
    'Stereo</th><td>\u221214.0</td><td class="is-muted">\u221214.0</td><td>6.9</td><td>\u22121.0</td>',
  );
  expect(html).toContain('<tr class="is-heard"><th scope="row" title="song.binaural.wav">Binaural</th>');
});

test('what is not known yet is no figure, and what cannot be known neither', async () => {
  const html = renderToString(<Deliverables audition={await createFakeAudition()} />);
  expect(html).toContain('<td>\u2026</td>');
  const overviews = { stereo: { state: 'failed', message: 'gone' } } as const;
  const failed = renderToString(<Deliverables audition={await createFakeAudition({ overviews })} />);
  expect(failed).toContain('Stereo</th><td>\u2013</td>');
});
