import { beforeAll, describe, expect, test } from 'vitest';
import type { Warning } from '../../../../src/base/errors.ts';
import { createAudioBlock } from '../../../../src/base/audio-block.ts';
import { createFft } from '../../../../src/dsp/fft.ts';
import type { HrtfSet } from '../../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../../src/io/packed/packed-hrtf.ts';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import { createBinauralRenderer } from '../../../../src/render/binaural/binaural-renderer.ts';
import { reverberation, roomModes } from '../../../../src/render/binaural/room/room-modes.ts';
import type { BinauralMode, Scene } from '../../../../src/scene/scene.ts';
import { noise } from '../../../support.ts';
import { bedOf, blockAt, circlingObject, impulse, objectOf, render, sceneOf } from '../scenes.ts';

const kernels = await loadKernels();
const sets = new Map<number, HrtfSet>();

beforeAll(async () => {
  for (const sampleRateHz of [44100, 48000, 96000])
    sets.set(sampleRateHz, await loadDefaultHrtf(sampleRateHz));
});

const rendererOf = (scene: Scene, room: 'off' | 'scene' | undefined, sampleRateHz = 48000, more = {}) =>
  createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf: sets.get(sampleRateHz)!, room, ...more });

/** Responses of both ears to an impulse, from well before it is heard, and what the room alone adds. */
function responsesOf(mode: BinauralMode, azimuthDeg: number, sampleRateHz: number) {
  const scene = sceneOf(objectOf([blockAt(azimuthDeg)], { binauralMode: mode }));
  const [dry, wet] = (['off', 'scene'] as const).map((room) => {
    const renderer = rendererOf(scene, room, sampleRateHz);
    const input = impulse(renderer.latencySamples + sampleRateHz, 200);
    return render(renderer, [input], 4096).map((ear) => ear.subarray(renderer.latencySamples));
  });
  const added = wet!.map((ear, e) => ear.map((sample, n) => sample - (dry![e]![n] ?? 0)));
  return { dry: dry!, added };
}

const energyOf = (ears: readonly Float32Array[]) =>
  ears.reduce((sum, ear) => sum + ear.reduce((part, sample) => part + sample * sample, 0), 0);

/** Time to fall by 60 dB in an octave, from the backward integral between -5 and -35 dB (ISO 3382-1). */
function decaySecOf(response: Float32Array, octaveHz: number, sampleRateHz: number): number {
  const size = 2 ** Math.ceil(Math.log2(response.length));
  const fft = createFft(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  re.set(response);
  fft.forward(re, im);
  for (let k = 0; k < size; k++) {
    const away = Math.abs(Math.log2((Math.min(k, size - k) * sampleRateHz) / (size * octaveHz)));
    const gain = away < 0.5 ? 1 : away < 0.75 ? 0.5 + 0.5 * Math.cos((Math.PI * (away - 0.5)) / 0.25) : 0;
    re[k]! *= gain;
    im[k]! *= gain;
  }
  fft.inverse(re, im);
  const levels = new Float64Array(response.length);
  let energy = 0;
  for (let n = response.length - 1; n >= 0; n--) levels[n] = 10 * Math.log10((energy += re[n]! ** 2));
  const from = levels.findIndex((level) => level < levels[0]! - 5);
  const to = levels.findIndex((level) => level < levels[0]! - 35);
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
  for (let n = from; n < to; n++) {
    sumX += n;
    sumY += levels[n]!;
    sumXX += n * n;
    sumXY += n * levels[n]!;
  }
  const count = to - from;
  return -60 / ((count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX)) / sampleRateHz;
}

describe.each([44100, 48000, 96000])('at %i Hz', (sampleRateHz) => {
  test.each(['near', 'mid', 'far'] as const)(
    '%s: ratio and reverberation time are within 5 % of the table',
    { timeout: 60_000 },
    (mode) => {
      const { dry, added } = responsesOf(mode, 0, sampleRateHz);
      const ratio = energyOf(dry) / energyOf(added);
      const wanted = 10 ** (roomModes[mode].directToReverberantDb / 10);
      expect(Math.abs(ratio / wanted - 1)).toBeLessThan(0.05);
      for (const ear of added) {
        for (const octaveHz of [125, 250, 500, 1000, 2000])
          expect(Math.abs(decaySecOf(ear, octaveHz, sampleRateHz) / reverberation.lowSec - 1)).toBeLessThan(
            0.05,
          );
        const highSec = decaySecOf(ear, reverberation.highHz, sampleRateHz);
        expect(Math.abs(highSec / reverberation.highSec - 1)).toBeLessThan(0.05);
      }
    },
  );
});

test('what the room adds has about the same energy from all sides', { timeout: 60_000 }, () => {
  const front = energyOf(responsesOf('mid', 0, 48000).added);
  for (const azimuthDeg of [90, -90, 180])
    expect(Math.abs(energyOf(responsesOf('mid', azimuthDeg, 48000).added) / front - 1)).toBeLessThan(0.02);
});

describe('off', () => {
  const scene = sceneOf(
    bedOf(['M+030', 'M-030'], { binauralMode: 'mid' }),
    objectOf([blockAt(20)], { binauralMode: 'far' }),
    { ...circlingObject(0.5, 1), binauralMode: 'near' },
  );
  const inputs = Array.from({ length: 4 }, (_, i) => noise(20_000, i + 1));

  test('is the dry path, to the bit', () => {
    const dry = sceneOf(...scene.elements.map((element) => ({ ...element, binauralMode: undefined })));
    const expected = render(rendererOf(dry, undefined), inputs, 4096);
    expect(render(rendererOf(scene, 'off'), inputs, 4096)).toEqual(expected);
    // A room that nobody asks for is none.
    expect(render(rendererOf(dry, 'scene'), inputs, 4096)).toEqual(expected);
  });

  test('and on is the same plus a room, whatever the block size', { timeout: 60_000 }, () => {
    const whole = render(rendererOf(scene, 'scene'), inputs, 4096);
    const renderer = rendererOf(scene, 'scene');
    for (const blockFrames of [7, 1000]) {
      expect(render(renderer, inputs, blockFrames)).toEqual(whole);
      renderer.reset();
    }
  });
});

describe('a head that turns', () => {
  const source = objectOf([blockAt(-60, 10)], { binauralMode: 'far' });
  const average = (signal: Float32Array) =>
    signal.map((_, n) => signal.subarray(Math.max(0, n - 12), n + 13).reduce((a, b) => a + b, 0) / 25);
  /** What the room adds to an impulse in the first 22 ms, below 1.5 kHz or so. */
  const earlyOf = (more: object) => {
    const [dry, wet] = (['off', 'scene'] as const).map((room) => {
      const renderer = rendererOf(sceneOf(source), room, 48000, more);
      const { latencySamples } = renderer;
      const input = impulse(latencySamples + 4000, 400);
      const from = latencySamples + 400;
      return render(renderer, [input], 4096).map((ear) => ear.subarray(from, from + 1056));
    });
    return wet!.map((ear, e) => average(ear.map((sample, n) => sample - dry![e]![n]!)));
  };
  const likeness = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
    a.reduce((sum, ear, e) => sum + ear.reduce((part, sample, n) => part + sample * b[e]![n]!, 0), 0) /
    Math.sqrt(energyOf(a) * energyOf(b));
  const pose = (yawDeg: number) => ({ yawDeg, pitchDeg: 0, rollDeg: 0 });
  const trackTo = (yawDeg: number) => ({ headTrack: [{ timeSec: 0, ...pose(yawDeg) }] });

  test.each([90, 180])(
    'hears the room as one that rests there: %i degrees',
    { timeout: 60_000 },
    (yawDeg) => {
      const resting = earlyOf({ head: pose(yawDeg) });
      expect(likeness(earlyOf(trackTo(yawDeg)), resting)).toBeGreaterThan(0.97);
      // A room that turned with the head would be heard so.
      expect(likeness(earlyOf(trackTo(0)), resting)).toBeLessThan(0.9);
    },
  );
});

test('a source that passes through the sectors keeps its room level', { timeout: 60_000 }, () => {
  const moving = { ...circlingObject(2, 1), binauralMode: 'far' as const };
  const input = noise(96_000);
  const [dry, wet] = (['off', 'scene'] as const).map((room) => {
    const renderer = rendererOf(sceneOf(moving), room);
    const padded = new Float32Array(input.length + renderer.latencySamples);
    padded.set(input);
    return render(renderer, [padded], 4096).map((ear) => ear.subarray(renderer.latencySamples));
  });
  const added = wet!.map((ear, e) => ear.map((sample, n) => sample - dry![e]![n]!));
  const levels = Array.from(
    { length: 8 },
    (_, i) =>
      10 * Math.log10(energyOf(added.map((ear) => ear.subarray(12_000 + i * 10_000, 22_000 + i * 10_000)))),
  );
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(3);
});

test('a warning speaks of modes without their room only while it is off', () => {
  const scene = sceneOf(objectOf([blockAt(0)], { binauralMode: 'far' }));
  const codes = (room: 'off' | 'scene') => {
    const warnings: Warning[] = [];
    rendererOf(scene, room, 48000, { onWarning: (warning: Warning) => warnings.push(warning) });
    return warnings.map(({ code }) => code);
  };
  expect(codes('off')).toEqual(['binaural-without-room']);
  expect(codes('scene')).toEqual([]);
});

test.each([
  [32, 0],
  [16, 16],
  [0, 32],
])(
  '%i sources that rest and %i that move cost little more with their room',
  { timeout: 60_000 },
  (resting, moving) => {
    const circle = circlingObject(4, 2);
    const scene = sceneOf(
      ...Array.from({ length: resting }, (_, i) => objectOf([blockAt(((i * 77) % 360) - 180)])),
      ...Array.from({ length: moving }, () => circle),
    );
    const inRoom = sceneOf(
      ...scene.elements.map((element) => ({ ...element, binauralMode: 'mid' as const })),
    );
    const input = createAudioBlock(32, 1024);
    input.frameCount = 1024;
    input.channels.forEach((channel, i) => channel.set(noise(1024, i + 1)));
    const output = createAudioBlock(2, 1024);
    output.frameCount = 1024;
    const renderers = (['off', 'scene'] as const).map((room) => rendererOf(inRoom, room));
    const cpuSec = renderers.map(() => Infinity);
    // In turns, and the best of each: what else the machine does can only take time.
    for (let round = 0; round < 8; round++)
      renderers.forEach((renderer, i) => {
        const start = process.cpuUsage();
        for (let block = 0; block < 40; block++) renderer.process(input, output);
        const { user, system } = process.cpuUsage(start);
        cpuSec[i] = Math.min(cpuSec[i]!, (user + system) / 1e6);
      });
    // 40 % more, and 30 % on top for the noise of machines.
    expect(cpuSec[1]! / cpuSec[0]!).toBeLessThan(1.4 * 1.3);
  },
);
