import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { startBlindTest } from '../../../../src/audition/page/state/blind-test.ts';
import { OverviewPanel } from '../../../../src/audition/page/view/overview.tsx';
import { createFakeAudition, readyOverviews } from '../fakes.ts';

test('the heard source is named, the surface is a slider of time', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  audition.engine.position = 48000 * 12;
  const html = renderToString(<OverviewPanel audition={audition} />);
  expect(html).toContain('<h2>Binaural</h2>');
  expect(html).toContain('role="slider"');
  expect(html).toContain('aria-valuenow="12"');
  expect(html).toContain('aria-valuetext="12 seconds"');
  expect(html).toMatch(/curve-short-term"[^>]* aria-pressed="true"/);
  expect(html).toMatch(/curve-momentary"[^>]* aria-pressed="false"/);
  expect(html).not.toContain('Measuring');
});

test('while it is made its progress is shown, and what went wrong is said', async () => {
  const working = await createFakeAudition();
  expect(renderToString(<OverviewPanel audition={working} />)).toContain('40 %');
  const failed = await createFakeAudition({
    overviews: { binaural: { state: 'failed', message: 'The file is cut short.' } },
  });
  expect(renderToString(<OverviewPanel audition={failed} />)).toContain('The file is cut short.');
});

test('the loop is told in times; a blind test shows the waveform of A whatever is heard', async () => {
  const audition = await createFakeAudition({ overviews: readyOverviews() });
  audition.loop.value = { startFrame: 48000, endFrame: 96000 };
  audition.isLooping.value = true;
  audition.blind.value = { ...startBlindTest('binaural', 'stereo', () => 0.9), heard: 'x' };
  const html = renderToString(<OverviewPanel audition={audition} />);
  expect(html).toContain('Loop 0:01.0 \u2013 0:02.0');
  expect(html).toContain('<h2>Binaural (A)</h2>');
});
