import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import type { CapturingEngine, createAudioEngine } from '../../../src/audition/page/engine/create-engine.ts';
import { openPage, startChromium, stopChromium, type OpenPage } from './chromium.ts';
import { leftNoiseProgramme, sampleRateHz } from './engine-programme.ts';
import { startEngineServer, type EngineProgramme, type EngineServer } from './engine-server.ts';

declare global {
  interface Window {
    createAudioEngine: typeof createAudioEngine;
    engine: CapturingEngine;
  }
}

let programme: EngineProgramme;
let server: EngineServer;
let opened: OpenPage | undefined;

beforeAll(async () => {
  programme = await leftNoiseProgramme();
  [server] = await Promise.all([startEngineServer(programme), startChromium()]);
});
afterAll(async () => {
  await stopChromium();
  await server.close();
});

/** One page and one engine for the tests that only listen. */
async function enginePage(context: TestContext): Promise<Page> {
  if (opened) return opened.page;
  opened = await openPage(context);
  const { page } = opened;
  await page.goto(server.address);
  await page.evaluate(async (session) => {
    window.engine = await window.createAudioEngine(session, { captureSec: 2 });
  }, programme.session);
  return page;
}

/** Plays and returns what went out in a while. */
async function listen(page: Page, sourceId: string, sec: number): Promise<[Float32Array, Float32Array]> {
  await page.evaluate(
    async ({ sourceId, sec }) => {
      const { engine } = window;
      engine.select(sourceId);
      engine.seek(24000);
      await engine.play();
      while (engine.positionFrames() < 24000 + 48000 * sec) await new Promise((done) => setTimeout(done, 20));
    },
    { sourceId, sec },
  );
  return captured(page, sec * sampleRateHz);
}

/** The last frames that went out. */
async function captured(page: Page, frames: number): Promise<[Float32Array, Float32Array]> {
  const bytes = await page.evaluate((count) => {
    const parts = window.engine.captured().map((channel) => channel.slice(-count));
    const length = parts[0]!.length;
    const all = new Uint8Array(8 * length);
    parts.forEach((part, index) => all.set(new Uint8Array(part.buffer), 4 * length * index));
    let text = '';
    for (let i = 0; i < all.length; i += 8192) text += String.fromCharCode(...all.subarray(i, i + 8192));
    return btoa(text);
  }, frames);
  const all = new Float32Array(Uint8Array.from(Buffer.from(bytes, 'base64')).buffer);
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)];
}

const powerDb = (samples: Float32Array): number =>
  10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

describe('noise from the left', () => {
  test.each(['binaural', 'bed', 'ambix1', 'ambix2', 'ambix3', 'scene'])(
    'is louder in the left output by more than 8 dB: %s',
    async (id) => {
      const page = await enginePage({} as TestContext);
      if (id === 'scene')
        await page.evaluate(() =>
          window.engine.setElements([
            { isMuted: false, isSolo: false },
            { isMuted: true, isSolo: false },
          ]),
        );
      const [left, right] = await listen(page, id, 0.3);
      expect(powerDb(left)).toBeGreaterThan(-40);
      expect(powerDb(left) - powerDb(right)).toBeGreaterThan(8);
    },
  );
});
