import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Slider } from '../../../../src/audition/page/view/slider.tsx';

test('a slider says its name and its value in words', () => {
  const html = renderToString(
    <Slider
      label="Volume"
      value={-6}
      min={-60}
      max={0}
      step={0.5}
      restValue={0}
      text="-6.0 dB"
      onValue={() => undefined}
    />,
  );
  expect(html).toContain('aria-label="Volume"');
  expect(html).toContain('aria-valuetext="-6.0 dB"');
  expect(html).toContain('min="-60"');
});
