import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, startChromium, stopChromium } from './chromium.ts';

beforeAll(startChromium);
afterAll(stopChromium);

test('the browser of the tests has what the page needs', async (context) => {
  const { page } = await openPage(context);
  const has = await page.evaluate(async () => {
    const audio = new AudioContext({ sampleRate: 48000 });
    await audio.resume();
    return {
      state: audio.state,
      webgl: Boolean(document.createElement('canvas').getContext('webgl2')),
      threads: typeof Worker,
    };
  });
  expect(has).toEqual({ state: 'running', webgl: true, threads: 'function' });
});
