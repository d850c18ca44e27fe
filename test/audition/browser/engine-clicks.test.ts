import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { createFft } from '../../../src/dsp/fft.ts';
import type { DecoderPath } from '../../../src/audition/page/engine/decoding/decoder-path.ts';
import type { createLoudspeakerDecoder } from '../../../src/audition/page/engine/decoding/loudspeaker-decoder.ts';
import type { Session } from '../../../src/audition/protocol/session.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { inverseRotation, rotationMatrix } from '../../../src/math/rotation.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { openPage, startChromium, stopChromium, type OpenPage } from './chromium.ts';
import { differenceDb } from './engine-listening.ts';
import { sampleRateHz } from './engine-programme.ts';
import { ambisonicFilters, startEngineServer, type EngineServer } from './engine-server.ts';

declare global {
  interface Window {
    createLoudspeakerDecoder: typeof createLoudspeakerDecoder;
    DecoderPath: typeof DecoderPath;
  }
}

/** A tone, and what lies far above all that turning and fading can make of it. */
const toneHz = 500;
const clickHz = 4000;
const frameCount = 65536;
/** Time between two moves of a pointer. */
const moveFrames = 768;
/** Behind it decoders have filled. */
const settledFrame = 8192;

let server: EngineServer;
let opened: OpenPage | undefined;
let turnFilters: Float32Array;

beforeAll(async () => {
  const hrtf = await loadDefaultHrtf(sampleRateHz);
  turnFilters = ambisonicFilters(3, hrtf);
  const programme = { session: {} as Session, audio: new Map(), hrtf, loudspeakers: new Map() };
  [server] = await Promise.all([startEngineServer(programme), startChromium()]);
});
afterAll(async () => {
  await stopChromium();
  await server.close();
});

async function enginePage(context: TestContext) {
  if (!opened) {
    opened = await openPage(context);
    await opened.page.goto(server.address);
  }
  return opened.page;
}

/** Level of what lies above `clickHz` against all, in dB; a window keeps the tone itself 100 dB below there. */
function clickDb(samples: Float32Array): number {
  const size = 2 ** Math.floor(Math.log2(samples.length));
  const window = [0.35875, -0.48829, 0.14128, -0.01168];
  const real = Float64Array.from({ length: size }, (_, n) =>
    window.reduce((sum, part, k) => sum + part * Math.cos((2 * Math.PI * k * n) / size), 0),
  ).map((value, n) => value * samples[n]!);
  const imaginary = new Float64Array(size);
  createFft(size).forward(real, imaginary);
  let [high, all] = [0, 0];
  for (let bin = 1; bin < size / 2; bin++) {
    const power = real[bin]! ** 2 + imaginary[bin]! ** 2;
    all += power;
    if ((bin * sampleRateHz) / size > clickHz) high += power;
  }
  return 10 * Math.log10(high / all);
}

/** The left ear of a tone at the left while the head is dragged to the left, by some degrees a move. */
async function dragged(context: TestContext, stepDeg: number, glides: boolean): Promise<Float32Array> {
  const page = await enginePage(context);
  const moves = Array.from({ length: 40 }, (_, move) => ({
    timeSec: (16384 + move * moveFrames) / sampleRateHz,
    matrix: [...inverseRotation(rotationMatrix({ yawDeg: stepDeg * (move + 1), pitchDeg: 0, rollDeg: 0 }))],
  }));
  const left = await page.evaluate(
    async ({ moves, filters, harmonics, toneHz, rate, frameCount, glides }) => {
      const context = new OfflineAudioContext(2, frameCount, rate);
      const buffer = context.createBuffer(16, frameCount, rate);
      harmonics.forEach((gain, acn) => {
        const samples = buffer.getChannelData(acn);
        for (let n = 0; n < frameCount; n++) samples[n] = gain * Math.sin((2 * Math.PI * toneHz * n) / rate);
      });
      const decoder = window.createAmbisonicDecoder({
        context,
        library: window.omnitone,
        order: 3,
        filters: Float32Array.from(filters),
        delaySamples: 0,
      });
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(decoder.input);
      decoder.output.connect(context.destination);
      source.start();
      decoder.turn(Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]), false);
      for (const { timeSec, matrix } of moves)
        void context.suspend(timeSec).then(() => {
          decoder.turn(Float64Array.from(matrix), glides);
          return context.resume();
        });
      const result = await context.startRendering();
      return [...result.getChannelData(0)];
    },
    {
      moves,
      filters: [...turnFilters],
      harmonics: [...sphericalHarmonics(3, 90, 0, 'SN3D')],
      ...{ toneHz, rate: sampleRateHz, frameCount, glides },
    },
  );
  return Float32Array.from(left).subarray(settledFrame);
}

describe('a head that is dragged while a tone sounds', () => {
  test('steps of the gains would be heard: what follows can tell', async (context) => {
    expect(clickDb(await dragged(context, 5, false))).toBeGreaterThan(-60);
  });

  for (const stepDeg of [1, 5, 20])
    test(`makes no click, ${stepDeg} degrees a move`, async (context) => {
      expect(clickDb(await dragged(context, stepDeg, true))).toBeLessThan(-80);
    });
});

/** Filters of two loudspeakers [loudspeaker][ear][tap]: one impulse each, `gain` high and `delay` late. */
const impulses = (gain: number, delay: number): number[] =>
  [0, 1, 2, 3].flatMap(() => Array.from({ length: 512 }, (_, tap) => (tap === delay ? gain : 0)));

/** The left ear of a tone while the decoder of its path is exchanged at some frames. */
async function exchanged(
  context: TestContext,
  first: readonly number[],
  exchanges: readonly { readonly frame: number; readonly filters: readonly number[] }[],
): Promise<Float32Array> {
  const page = await enginePage(context);
  const left = await page.evaluate(
    async ({ first, exchanges, toneHz, rate, frameCount }) => {
      const context = new OfflineAudioContext(2, frameCount, rate);
      const buffer = context.createBuffer(2, frameCount, rate);
      const samples = buffer.getChannelData(0);
      for (let n = 0; n < frameCount; n++) samples[n] = Math.sin((2 * Math.PI * toneHz * n) / rate);
      const source = new AudioBufferSourceNode(context, { buffer });
      const path = new window.DecoderPath(context, source, 0, context.destination);
      const put = (filters: readonly number[]): void =>
        path.setDecoder(
          window.createLoudspeakerDecoder({
            context,
            loudspeakerCount: 2,
            filters: Float32Array.from(filters),
            delaySamples: 0,
          }),
        );
      put(first);
      path.setOpen(true);
      source.start();
      for (const { frame, filters } of exchanges)
        void context.suspend(frame / rate).then(() => {
          put(filters);
          return context.resume();
        });
      const result = await context.startRendering();
      return [...result.getChannelData(0)];
    },
    { first, exchanges, toneHz, rate: sampleRateHz, frameCount },
  );
  return Float32Array.from(left).subarray(settledFrame);
}

/** The tone through one impulse, as `exchanged` gives it. */
const toneThrough = (gain: number, delay: number): Float32Array =>
  Float32Array.from(
    { length: frameCount - settledFrame },
    (_, n) => gain * Math.sin((2 * Math.PI * toneHz * (n + settledFrame - delay)) / sampleRateHz),
  );

describe('an HRTF set that is exchanged while a tone sounds', () => {
  test('by itself leaves every sample as it is', async (context) => {
    const heard = await exchanged(context, impulses(0.5, 40), [{ frame: 20480, filters: impulses(0.5, 40) }]);
    expect(differenceDb(heard, toneThrough(0.5, 40))).toBeLessThan(-100);
  });

  test('for another is heard without a click, within a tenth of a second', async (context) => {
    const heard = await exchanged(context, impulses(0.5, 40), [
      { frame: 20480, filters: impulses(-0.8, 57) },
    ]);
    expect(clickDb(heard)).toBeLessThan(-70);
    const from = 20480 - settledFrame;
    const [before, after] = [toneThrough(0.5, 40), toneThrough(-0.8, 57)];
    expect(differenceDb(heard.subarray(0, from), before.subarray(0, from))).toBeLessThan(-100);
    expect(differenceDb(heard.subarray(from + 4800), after.subarray(from + 4800))).toBeLessThan(-100);
  });

  test('again and again, faster than one can take over, ends at the last without a click', async (context) => {
    const exchanges = [1, 2, 3, 4].map((k) => ({
      frame: 20480 + k * moveFrames,
      filters: impulses(k % 2 ? -0.8 : 0.3, 50 + k),
    }));
    const heard = await exchanged(context, impulses(0.5, 40), exchanges);
    expect(clickDb(heard)).toBeLessThan(-70);
    const last = toneThrough(0.3, 54);
    const from = 20480 + 15000 - settledFrame;
    expect(differenceDb(heard.subarray(from), last.subarray(from))).toBeLessThan(-100);
  });
});
