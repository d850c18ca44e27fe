import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Title, Tools } from '../../../../src/audition/page/view/header.tsx';
import { createFakeAudition, createFakeEngine, fakeSession } from '../fakes.ts';

test('the programme is named, HRTF sets can be chosen', async () => {
  const audition = await createFakeAudition();
  expect(renderToString(<Title audition={audition} />)).toContain('<h1>Night Ferry</h1>');
  const tools = renderToString(<Tools audition={audition} />);
  expect(tools).toContain('<option selected value="neutral">Neutral head</option>');
  expect(tools).toContain('aria-label="Theme: as the system"');
});

test('without HRTF sets there is no choice', async () => {
  const engine = createFakeEngine({ ...fakeSession(), hrtfs: [] });
  expect(renderToString(<Tools audition={await createFakeAudition({ engine })} />)).not.toContain('<select');
});
