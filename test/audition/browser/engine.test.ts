import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { createLoudnessMeter } from '../../../src/meter/loudness-meter.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { openPage, startChromium, stopChromium, type OpenPage } from './chromium.ts';
import { captured, differenceDb, listen, placeOf, playUntil, powerDb } from './engine-listening.ts';
import { leftNoiseProgramme, sampleRateHz } from './engine-programme.ts';
import { startEngineServer, type EngineProgramme, type EngineServer } from './engine-server.ts';

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

/** One page with one engine for all tests, straight ahead and without a loop. */
async function enginePage(test: TestContext): Promise<Page> {
  if (!opened) {
    opened = await openPage(test);
    await opened.page.goto(server.address);
    await opened.page.evaluate(async (session) => {
      window.engine = await window.createAudioEngine(session, { captureSec: 2 });
    }, programme.session);
  }
  await opened.page.evaluate(() => {
    window.engine.setLoop(undefined);
    window.engine.setHead({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
  });
  return opened.page;
}

/** One channel of a source as its file holds it. */
function channelOf(id: string, channel: number): Float32Array {
  const { channelCount } = programme.session.sources.find((source) => source.id === id)!;
  return programme.audio.get(id)!.filter((_, index) => index % channelCount === channel);
}

/** Only one of the scene's objects is heard: to the left, to the right, or to the left without HRTF. */
const soloOf = (object: number) => [0, 1, 2].map((index) => ({ isMuted: false, isSolo: index === object }));
const soloLeft = soloOf(0);

describe('white noise at azimuth +90', () => {
  for (const id of ['binaural', 'bed', 'ambix1', 'ambix2', 'ambix3', 'scene'])
    test(`is louder in the left output by more than 8 dB: ${id}`, async (context) => {
      const page = await enginePage(context);
      await page.evaluate((switches) => window.engine.setElements(switches), soloLeft);
      const { left, right } = await listen(page, id, 24000, 48000);
      expect(powerDb(left)).toBeGreaterThan(-30);
      expect(powerDb(left) - powerDb(right)).toBeGreaterThan(8);
    });

  for (const id of ['ambix1', 'ambix2', 'ambix3', 'scene'])
    test(`is louder in the right output once the head has turned around: ${id}`, async (context) => {
      const page = await enginePage(context);
      await page.evaluate(() => window.engine.setHead({ yawDeg: 180, pitchDeg: 0, rollDeg: 0 }));
      const { left, right } = await listen(page, id, 24000, 48000);
      expect(powerDb(right) - powerDb(left)).toBeGreaterThan(8);
    });
});

test('an object that wants no HRTF is heard in its ear alone, however the head turns', async (context) => {
  const page = await enginePage(context);
  await page.evaluate((switches) => window.engine.setElements(switches), soloOf(2));
  await page.evaluate(() => window.engine.setHead({ yawDeg: 180, pitchDeg: 0, rollDeg: 0 }));
  const { left, right } = await listen(page, 'scene', 24000, 48000);
  // Panned to the side, stereo has it 3 dB lower than in front of its loudspeaker.
  expect(Math.abs(powerDb(left) - powerDb(channelOf('scene', 2)))).toBeLessThan(3.1);
  expect(powerDb(right)).toBeLessThan(-120);
});

describe('a switch', () => {
  test('between two identical files leaves what is heard as it is, sample for sample', async (context) => {
    const page = await enginePage(context);
    await listen(page, 'twin-a', 24000, 48000);
    await page.evaluate(() => window.engine.select('twin-b'));
    await playUntil(page, 72000);
    expect(await page.evaluate(() => window.engine.state.sourceId)).toBe('twin-b');
    const heard = await captured(page, 40000);
    for (const [channel, samples] of [heard.left, heard.right].entries()) {
      const file = channelOf('twin-a', channel);
      const place = placeOf(samples, file, 100);
      expect(place).toBeGreaterThan(0);
      expect(differenceDb(samples, file.subarray(place, place + samples.length))).toBeLessThan(-90);
    }
  });

  test('from a binaural file to the virtualised bed of the same loudspeaker stays in time', async (context) => {
    const page = await enginePage(context);
    await listen(page, 'binaural', 24000, 48000);
    await page.evaluate(() => window.engine.select('bed'));
    await playUntil(page, 72000);
    const { left } = await captured(page, 40000);
    const file = channelOf('binaural', 0);
    const place = placeOf(left, file, 100);
    expect(place).toBeGreaterThan(0);
    const piecesDb = Array.from({ length: left.length / 1000 }, (_, piece) => {
      const from = 1000 * piece;
      return differenceDb(left.subarray(from, from + 1000), file.subarray(place + from, place + from + 1000));
    });
    // Two paths of 24 bits: the same filters once in the file and once in the browser. While one fades into the other,
    // the filters still hear the fade: two pieces at most.
    expect(piecesDb.filter((db) => db > -90).length).toBeLessThanOrEqual(2);
    expect(Math.max(...piecesDb)).toBeLessThan(-30);
  });
});

test('a gain that matches loudness holds within 0.1 LU of what is heard', async (context) => {
  const page = await enginePage(context);
  const targetLufs = -23;
  const loudnessOf = (channels: readonly Float32Array[]): number => {
    const meter = createLoudnessMeter({ kernels: createScalarKernels(), sampleRateHz, layout: [1, 1] });
    meter.process({ channels: [...channels], frameCount: channels[0]!.length });
    return meter.result().integratedLufs;
  };
  for (const id of ['twin-a', 'binaural']) {
    const own = loudnessOf([0, 1].map((channel) => channelOf(id, channel)));
    await page.evaluate(([source, gainDb]) => window.engine.setSourceGain(source, gainDb), [
      id,
      targetLufs - own,
    ] as const);
    const { left, right } = await listen(page, id, 24000, 24000 + 72000);
    expect(Math.abs(loudnessOf([left, right]) - targetLufs)).toBeLessThan(0.1);
    await page.evaluate((source) => window.engine.setSourceGain(source, 0), id);
  }
});

test('a mute of the scene is heard within 150 ms, and a solo', async (context) => {
  const page = await enginePage(context);
  await page.evaluate((switches) => window.engine.setElements(switches), soloLeft);
  await listen(page, 'scene', 24000, 48000);
  for (const isMuted of [true, false]) {
    const before = await page.evaluate((muted) => {
      window.engine.setElements([
        { isMuted: muted, isSolo: false },
        { isMuted: true, isSolo: false },
        { isMuted: true, isSolo: false },
      ]);
      return window.engine.captured().endFrame;
    }, isMuted);
    await page.waitForTimeout(350);
    const { left, endFrame } = await captured(page, sampleRateHz);
    const since = left.subarray(left.length - (endFrame - before));
    const after = since.subarray(0.15 * sampleRateHz, 0.15 * sampleRateHz + 2400);
    if (isMuted) expect(powerDb(after)).toBeLessThan(-80);
    else expect(powerDb(after)).toBeGreaterThan(-30);
  }
});

describe('the transport', () => {
  test('repeats a region without a gap, but for the 2 ms in which it goes and comes', async (context) => {
    const page = await enginePage(context);
    await page.evaluate(() => window.engine.setLoop({ startFrame: 30000, endFrame: 42000 }));
    await listen(page, 'twin-a', 24000, 31000);
    await page.waitForTimeout(900);
    const { left } = await captured(page, 30000);
    const file = channelOf('twin-a', 0);
    const loop = file.subarray(30000, 42000);
    const place = placeOf(left, file, 100);
    const loopFrame = (i: number) => (((place + i - 30000) % 12000) + 12000) % 12000;
    /** Where the end meets the start the sound goes and comes, 2 ms each. */
    const fadeFrames = 0.002 * sampleRateHz;
    const isFaded = (i: number) => loopFrame(i) < fadeFrames || loopFrame(i) >= 12000 - fadeFrames;
    const wanted = left.map((heard, i) => (isFaded(i) ? heard : loop[loopFrame(i)]!));
    expect(differenceDb(left, wanted)).toBeLessThan(-120);
    const excess = left.map((heard, i) => (isFaded(i) ? Math.abs(heard) - Math.abs(loop[loopFrame(i)]!) : 0));
    expect(Math.max(...excess)).toBeLessThan(1e-6);
    const position = await page.evaluate(() => window.engine.positionFrames());
    expect(position).toBeGreaterThanOrEqual(30000);
    expect(position).toBeLessThan(42000);
  });

  test('tells its place evenly and without a step back', async (context) => {
    const page = await enginePage(context);
    await listen(page, 'twin-a', 0, 12000);
    const places = await page.evaluate(async () => {
      const all: [number, number][] = [];
      while (all.length < 40) {
        all.push([performance.now(), window.engine.positionFrames()]);
        await new Promise((done) => requestAnimationFrame(done));
      }
      return all;
    });
    places.slice(1).forEach(([, frame], i) => expect(frame).toBeGreaterThanOrEqual(places[i]![1]));
    const [first, last] = [places[0]!, places.at(-1)!];
    const speed = (last[1] - first[1]) / ((last[0] - first[0]) / 1000);
    expect(speed / sampleRateHz).toBeGreaterThan(0.9);
    expect(speed / sampleRateHz).toBeLessThan(1.1);
  });

  test('holds its place in a pause, and is silent', async (context) => {
    const page = await enginePage(context);
    await listen(page, 'twin-a', 24000, 30000);
    await page.evaluate(() => window.engine.pause());
    await page.waitForTimeout(250);
    const place = await page.evaluate(() => window.engine.positionFrames());
    const { left } = await captured(page, 2400);
    expect(powerDb(left)).toBe(-Infinity);
    await page.waitForTimeout(100);
    expect(await page.evaluate(() => window.engine.positionFrames())).toBe(place);
  });

  test('hears silence behind the end of a short source and stops at the end of the programme', async (context) => {
    const page = await enginePage(context);
    const { left } = await listen(page, 'short', 60000, 72000);
    expect(powerDb(left)).toBe(-Infinity);
    await page.evaluate(() => window.engine.seek(window.engine.session.frameCount - 6000));
    await page.waitForFunction(() => !window.engine.state.isPlaying, undefined, { timeout: 5000 });
    await page.waitForFunction(() => window.engine.positionFrames() === window.engine.session.frameCount);
  });
});

test('a source that cannot be read is told, and that it can be again', async (context) => {
  const page = await enginePage(context);
  server.failing = 'twin-a';
  await page.evaluate(() => {
    window.engine.select('twin-a');
    window.engine.seek(0);
    return window.engine.play();
  });
  await page.waitForFunction(() => window.engine.state.problem !== undefined);
  expect(await page.evaluate(() => window.engine.state.problem)).toBe('twin-a: this source is gone');
  await page.waitForFunction(() => window.engine.state.isBuffering);
  server.failing = undefined;
  await page.waitForFunction(() => window.engine.state.problem === undefined);
  await page.waitForFunction(() => window.engine.positionFrames() > 4800);
  expect(await page.evaluate(() => window.engine.state.isBuffering)).toBe(false);
});

test('a sound that does not start is told, until it does', async (context) => {
  const page = await enginePage(context);
  await page.evaluate(async () => {
    await window.engine.pause();
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = () => new Promise(() => undefined);
    void window.engine.play();
    AudioContext.prototype.resume = resume;
  });
  await page.waitForFunction(() => window.engine.state.problem !== undefined);
  expect(await page.evaluate(() => window.engine.state.problem)).toMatch(/is there a device/);
  await page.evaluate(() => window.engine.play());
  expect(await page.evaluate(() => window.engine.state.problem)).toBeUndefined();
});

test('levels and spectrum are those of what is heard', async (context) => {
  const page = await enginePage(context);
  await page.evaluate(() => window.engine.levels());
  await listen(page, 'twin-a', 24000, 48000);
  const { levels, mean } = await page.evaluate(() => {
    const { engine } = window;
    const { channelPeaks, outputPeaks, outputCorrelation } = engine.levels();
    const spectrum = new Float32Array(engine.spectrumShape.binCount);
    engine.spectrum(spectrum);
    const mean = spectrum.reduce((sum, value) => sum + value, 0) / spectrum.length;
    return { levels: [...channelPeaks, ...outputPeaks, Math.abs(outputCorrelation)], mean };
  });
  levels.slice(0, 4).forEach((value) => expect(value).toBeCloseTo(0.25, 2));
  expect(levels[4]).toBeLessThan(0.2);
  expect(mean).toBeGreaterThan(-80);
});

test('the page has nothing to complain of', async (context) => {
  await enginePage(context);
  expect(opened!.complaints.filter((text) => !text.includes('404'))).toEqual([]);
});
