import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Icon } from '../../../../src/audition/page/view/icons.tsx';

test('drawings are hidden from screen readers and cannot have the focus', () => {
  const html = renderToString(<Icon name="play" />);
  expect(html).toContain('aria-hidden="true"');
  expect(html).toContain('focusable="false"');
  expect(html).toContain('<path');
});
