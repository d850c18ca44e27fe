import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { createFft } from '../../../src/dsp/fft.ts';
import type { createAmbisonicDecoder } from '../../../src/audition/page/engine/decoding/ambisonic-decoder.ts';
import type { Session } from '../../../src/audition/protocol/session.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { inverseRotation, rotationMatrix, type Rotation } from '../../../src/math/rotation.ts';
import { shChannelCount, sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import { sceneOf } from '../../render/binaural/scenes.ts';
import { openPage, startChromium, stopChromium, type OpenPage } from './chromium.ts';
import { differenceDb } from './engine-listening.ts';
import { earResponses, sampleRateHz } from './engine-programme.ts';
import { ambisonicFilters, startEngineServer, type EngineServer } from './engine-server.ts';

declare global {
  interface Window {
    omnitone: Parameters<typeof createAmbisonicDecoder>[0]['library'];
    createAmbisonicDecoder: typeof createAmbisonicDecoder;
  }
}

/** Room for the response of one channel. */
const slotFrames = 1024;

let hrtf: HrtfSet;
let server: EngineServer;
let opened: OpenPage | undefined;

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(sampleRateHz);
  const programme = { session: {} as Session, audio: new Map(), hrtf, loudspeakers: new Map() };
  [server] = await Promise.all([startEngineServer(programme), startChromium()]);
});
afterAll(async () => {
  await stopChromium();
  await server.close();
});

/** Responses of every channel through the decoder of the page [channel][ear], a slot each. */
async function liveResponses(test: TestContext, order: number, head: Rotation): Promise<Float32Array[][]> {
  if (!opened) {
    opened = await openPage(test);
    await opened.page.goto(server.address);
  }
  const channelCount = shChannelCount(order);
  const ears = await opened.page.evaluate(
    async ({ order, channelCount, filters, matrix, slot, rate }) => {
      const context = new OfflineAudioContext(2, slot * channelCount, rate);
      const buffer = context.createBuffer(channelCount, slot * channelCount, rate);
      for (let channel = 0; channel < channelCount; channel++)
        buffer.getChannelData(channel)[slot * channel] = 1;
      const decoder = window.createAmbisonicDecoder({
        context,
        library: window.omnitone,
        order,
        filters: Float32Array.from(filters),
        delaySamples: 0,
      });
      decoder.turn(Float64Array.from(matrix), false);
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(decoder.input);
      decoder.output.connect(context.destination);
      source.start();
      const result = await context.startRendering();
      return [0, 1].map((ear) => [...result.getChannelData(ear)]);
    },
    {
      order,
      channelCount,
      filters: [...ambisonicFilters(order, hrtf)],
      matrix: [...inverseRotation(rotationMatrix(head))],
      slot: slotFrames,
      rate: sampleRateHz,
    },
  );
  return Array.from({ length: channelCount }, (_, channel) =>
    ears.map((ear) => Float32Array.from(ear.slice(slotFrames * channel, slotFrames * (channel + 1)))),
  );
}

/** Where the wave front of a source in front lies in the filters: 2 ms. */
const binauralDelaySamples = 0.002 * sampleRateHz;

/** The same by the project's own renderer, whose head is turned so from the start. */
function ownResponses(order: number, head: Rotation): Float32Array[][] {
  const scene = sceneOf({
    ...elementDefaults,
    kind: 'ambisonic',
    id: 'sphere',
    name: 'sphere',
    order,
    normalization: 'SN3D',
  });
  const settings = { binaural: { headTrack: [{ timeSec: 0, ...head }] } };
  return earResponses(scene, hrtf, shChannelCount(order), slotFrames, binauralDelaySamples, settings);
}

/** Magnitudes in dB from 100 Hz to 16 kHz. */
function magnitudesDb(response: Float32Array): number[] {
  const fft = createFft(slotFrames);
  const real = Float64Array.from(response);
  const imaginary = new Float64Array(slotFrames);
  fft.forward(real, imaginary);
  const bin = (frequencyHz: number): number => Math.round((frequencyHz * slotFrames) / sampleRateHz);
  return Array.from({ length: bin(16000) - bin(100) }, (_, i) => {
    const at = bin(100) + i;
    return 10 * Math.log10(real[at]! ** 2 + imaginary[at]! ** 2 + 1e-20);
  });
}

/** What both ears hear of a plane wave. */
function heardFrom(responses: Float32Array[][], order: number, azimuthDeg: number, elevationDeg: number) {
  const harmonics = sphericalHarmonics(order, azimuthDeg, elevationDeg, 'SN3D');
  return [0, 1].map((ear) => {
    const sum = new Float32Array(slotFrames);
    responses.forEach((channel, acn) => {
      for (let i = 0; i < slotFrames; i++) sum[i]! += harmonics[acn]! * channel[ear]![i]!;
    });
    return sum;
  });
}

const directions = [-150, -90, -45, 0, 30, 90, 110, 180].flatMap((azimuthDeg) =>
  [-30, 0, 45].map((elevationDeg) => [azimuthDeg, elevationDeg] as const),
);

describe('the live decoder against the renderer of the project', () => {
  const straight = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };
  for (const [order, head] of [
    [3, straight],
    [3, { yawDeg: -70, pitchDeg: 40, rollDeg: 25 }],
    [2, { yawDeg: 120, pitchDeg: -20, rollDeg: -60 }],
    [1, { yawDeg: 30, pitchDeg: 20, rollDeg: 10 }],
  ] as const)
    test(`spectra differ by less than 0.01 dB: order ${order}, ${JSON.stringify(head)}`, async (context) => {
      const live = await liveResponses(context, order, head);
      const own = ownResponses(order, head);
      let worstDb = 0;
      let samplesDb = -Infinity;
      for (const [azimuthDeg, elevationDeg] of directions) {
        const [heard, wanted] = [live, own].map((all) => heardFrom(all, order, azimuthDeg, elevationDeg));
        for (let ear = 0; ear < 2; ear++) {
          samplesDb = Math.max(samplesDb, differenceDb(heard![ear]!, wanted![ear]!));
          const wantedDb = magnitudesDb(wanted![ear]!);
          const meanDb = wantedDb.reduce((sum, value) => sum + value, 0) / wantedDb.length;
          magnitudesDb(heard![ear]!).forEach((value, i) => {
            // In deep notches the last bit of the samples is heard of.
            if (wantedDb[i]! > meanDb - 40) worstDb = Math.max(worstDb, Math.abs(value - wantedDb[i]!));
          });
        }
      }
      expect(worstDb).toBeLessThan(0.01);
      expect(samplesDb).toBeLessThan(-100);
    });
});
