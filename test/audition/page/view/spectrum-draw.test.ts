import { expect, test } from 'vitest';
import { drawSpectrum } from '../../../../src/audition/page/view/spectrum-draw.ts';
import { recordPicture } from '../fakes.ts';

test('the curve lies on a logarithmic grid with its levels', () => {
  const { picture, calls, texts } = recordPicture(300, 100);
  drawSpectrum(picture, Float32Array.of(-54, -54, -Infinity));
  expect(texts()).toEqual([
    '50',
    '100',
    '200',
    '500',
    '1k',
    '2k',
    '5k',
    '10k',
    '\u221230',
    '\u221254',
    '\u221278',
  ]);
  // 1 kHz stands at log(50) / log(1000) of the width; -54 dB is in the middle of -18 to -90.
  expect(calls).toContain('moveTo 170.5 0');
  expect(calls).toContain('moveTo 0 42');
  expect(calls).toContain('lineTo 300 86');
});
