import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { SidePanels } from '../../../../src/audition/page/view/side-panels.tsx';
import { createFakeAudition, createFakeEngine, fakeSession } from '../fakes.ts';

test('figures first, failed checks and notes counted', async () => {
  const notes = [{ id: 'a', timeSec: 1, text: 'x', createdAt: '2026-01-01' }];
  const html = renderToString(<SidePanels audition={await createFakeAudition({ notes })} />);
  expect(html.match(/role="tab"/g)).toHaveLength(3);
  expect(html).toMatch(/id="tab-figures"[^>]* aria-selected="true"/);
  expect(html).toContain('Checks<span class="count is-bad">1</span>');
  expect(html).toContain('Notes<span class="count ">1</span>');
});

test('a folder without a report has no checks', async () => {
  const engine = createFakeEngine({ ...fakeSession(), checks: [] });
  expect(renderToString(<SidePanels audition={await createFakeAudition({ engine })} />)).not.toContain(
    'Checks',
  );
});
