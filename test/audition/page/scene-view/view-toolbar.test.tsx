import { signal } from '@preact/signals';
import renderToString from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { HeightLegend, ViewToolbar } from '../../../../src/audition/page/scene-view/view-toolbar.tsx';

test('the view that is shown is pressed, and what is heard is named', () => {
  const html = renderToString(
    <ViewToolbar view="space" onView={() => {}} hasNames={signal(false)} heard="7.1.4 virtualised" />,
  );
  expect(html).toMatch(/aria-pressed="false">Plan/);
  expect(html).toMatch(/aria-pressed="true">3-D/);
  expect(html).toMatch(/aria-pressed="false"[^>]*>Names/);
  expect(html).toContain('7.1.4 virtualised');
});

test('the colours of heights are explained', () => {
  expect(renderToString(<HeightLegend />)).toMatch(/above.*ear level.*below/);
});
