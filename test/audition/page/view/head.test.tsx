import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Head } from '../../../../src/audition/page/view/head.tsx';
import { createFakeAudition } from '../fakes.ts';

beforeEach(() => void vi.stubGlobal('DeviceOrientationEvent', undefined));
afterEach(() => void vi.unstubAllGlobals());

test('where turning is heard the head can be turned, and says where it points', async () => {
  const audition = await createFakeAudition();
  audition.engine.select('ambix3');
  audition.engine.setHead({ yawDeg: -30, pitchDeg: 12, rollDeg: 4 });
  const html = renderToString(<Head audition={audition} />);
  expect(html).toContain('aria-valuetext="yaw \u221230\u00b0, pitch 12\u00b0"');
  expect(html).toContain('aria-disabled="false"');
  expect(html).toContain('<dt>roll</dt><dd>4\u00b0</dd>');
});

test('elsewhere it rests and says why', async () => {
  const html = renderToString(<Head audition={await createFakeAudition()} />);
  expect(html).toContain('is-resting');
  expect(html).toContain('aria-disabled="true"');
  expect(html).toContain('Heard in ambisonics and the live scene');
});
