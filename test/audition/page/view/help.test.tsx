import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { keyHelp } from '../../../../src/audition/page/state/keys.ts';
import { Help } from '../../../../src/audition/page/view/help.tsx';
import { createFakeAudition } from '../fakes.ts';

test('every key is explained, in a dialog with a name', async () => {
  const html = renderToString(<Help audition={await createFakeAudition()} />);
  expect(html).toContain('aria-labelledby="help-name"');
  expect(html.match(/class="help-key"/g)).toHaveLength(keyHelp.flatMap(({ keys }) => keys).length);
  expect(html).toContain('<kbd>Space</kbd>');
});
