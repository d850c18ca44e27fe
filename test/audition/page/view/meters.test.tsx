import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { Meters } from '../../../../src/audition/page/view/meters.tsx';
import { createFakeAudition } from '../fakes.ts';

test('output, channels, spectrum and correlation have names', async () => {
  const html = renderToString(<Meters audition={await createFakeAudition()} />);
  for (const name of [
    'Output peaks: reset the maxima',
    'Levels of the channels of Binaural',
    'Spectrum of the output',
    'Correlation of left and right',
  ]) {
    expect(html).toContain(`aria-label="${name}"`);
  }
});

test('a blind test hides them', async () => {
  const audition = await createFakeAudition();
  audition.blind.value = startBlindTest('binaural', 'stereo', () => 0);
  const html = renderToString(<Meters audition={audition} />);
  expect(html).not.toContain('<canvas');
  expect(html).toContain('Meters rest');
});
