import { signal } from '@preact/signals';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Canvas } from '../../../../src/audition/page/view/canvas.tsx';

const theme = signal<'dark' | 'light'>('dark');

test('a canvas is decoration, or a picture with a name', () => {
  const draw = (): void => undefined;
  expect(renderToString(<Canvas class="layer" theme={theme} draw={draw} />)).toBe(
    '<canvas class="layer" aria-hidden="true"></canvas>',
  );
  expect(renderToString(<Canvas class="layer" theme={theme} draw={draw} label="Spectrum" />)).toBe(
    '<canvas class="layer" role="img" aria-label="Spectrum"></canvas>',
  );
});
