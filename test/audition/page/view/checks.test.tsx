import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Checks } from '../../../../src/audition/page/view/checks.tsx';
import { fakeSession } from '../fakes.ts';

test('each profile has its outcome; those that failed are open', () => {
  const html = renderToString(<Checks session={fakeSession()} />);
  expect(html).toMatch(/<details class="check-group"><summary><span class="badge is-pass">Pass/);
  expect(html).toMatch(/<details class="check-group" open><summary><span class="badge is-fail">Fail/);
  expect(html).toContain('0 of 1 pass');
  expect(html).toContain('-0.4 dBTP, at most -1');
  expect(html).toContain('<span class="unseen">Fail</span>');
});
