import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Transport } from '../../../../src/audition/page/view/transport.tsx';
import { createFakeAudition } from '../fakes.ts';

test('time, length and volume are shown, and what the button does next', async () => {
  const audition = await createFakeAudition();
  audition.engine.position = 48000 * 7.35;
  const paused = renderToString(<Transport audition={audition} />);
  expect(paused).toContain('0:07.3');
  expect(paused).toContain('/ 0:30.0');
  expect(paused).toContain('aria-label="Play"');
  expect(paused).toContain('0.0 dB');
  await audition.engine.play();
  expect(renderToString(<Transport audition={audition} />)).toContain('aria-label="Pause"');
});

test('the loop button says whether it is on', async () => {
  const audition = await createFakeAudition();
  audition.isLooping.value = true;
  const html = renderToString(<Transport audition={audition} />);
  expect(html).toMatch(/loop-toggle"[^>]* aria-pressed="true"/);
});
