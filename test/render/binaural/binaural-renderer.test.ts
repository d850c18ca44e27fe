import { beforeAll, describe, expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createBiquadCascade, designLowPass } from '../../../src/dsp/biquad.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import {
  createBinauralRenderer,
  type BinauralRendererOptions,
} from '../../../src/render/binaural/binaural-renderer.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, circlingObject, impulse, objectOf, powerDbOf, render, sceneOf } from './scenes.ts';

const sampleRateHz = 48000;
const kernels = createScalarKernels();
let hrtf: HrtfSet;

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(sampleRateHz);
});

const rendererOf = (scene: Scene, more: Partial<BinauralRendererOptions> = {}) =>
  createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf, ...more });

/** Renders and trims the latency. */
function rendered(scene: Scene, inputs: readonly Float32Array[], more = {}): Float32Array[] {
  const renderer = rendererOf(scene, more);
  const padded = inputs.map((input) => {
    const longer = new Float32Array(input.length + renderer.latencySamples);
    longer.set(input);
    return longer;
  });
  return render(renderer, padded, 4096).map((channel) => channel.subarray(renderer.latencySamples));
}

/** First sample that reaches a share of the peak. */
function onsetOf(signal: Float32Array, share: number): number {
  const peak = signal.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  return signal.findIndex((sample) => Math.abs(sample) >= share * peak);
}

describe('direction', () => {
  test.each([
    [90, 0],
    [-90, 1],
  ])('white noise at azimuth %i is more than 8 dB louder in that ear', (azimuthDeg, ear) => {
    const out = rendered(sceneOf(objectOf([blockAt(azimuthDeg)])), [noise(48000)]);
    expect(powerDbOf(out[ear]!) - powerDbOf(out[1 - ear]!)).toBeGreaterThan(8);
  });

  test('a bed channel sounds like an object at its position', () => {
    const signal = noise(8000);
    const bed = rendered(sceneOf(bedOf(['M+110'])), [signal]);
    const object = rendered(sceneOf(objectOf([blockAt(110)])), [signal]);
    for (let n = 0; n < 8000; n++) expect(bed[0]![n]).toBeCloseTo(object[0]![n]!, 6);
  });
});

describe('time and level', () => {
  test.each([44100, 48000, 88200, 96000])('a frontal onset lies within 1 sample at %i Hz', async (rate) => {
    const set = await loadDefaultHrtf(rate);
    const renderer = createBinauralRenderer({
      scene: sceneOf(objectOf([blockAt(0)])),
      sampleRateHz: rate,
      kernels,
      hrtf: set,
    });
    const out = render(renderer, [impulse(8192, 100)], 8192);
    for (const channel of out)
      for (const share of [0.2, 0.3, 0.5])
        expect(Math.abs(onsetOf(channel, share) - renderer.latencySamples - 100)).toBeLessThanOrEqual(1);
  });

  test('a source in front at 0 dB has the power of a stereo pan within 1 dB', () => {
    const signal = noise(48000);
    const [left, right] = rendered(sceneOf(objectOf([blockAt(0)])), [signal]);
    const both = 10 * Math.log10(10 ** (powerDbOf(left!) / 10) + 10 ** (powerDbOf(right!) / 10));
    expect(Math.abs(both - powerDbOf(signal))).toBeLessThan(1);
  });

  test('averaged over directions, both ears hold the power of the source', () => {
    const count = 40;
    const spacing = 1024;
    const probe = impulse(400);
    createBiquadCascade([designLowPass(8000, sampleRateHz)]).process(probe, probe.length);
    const objects = Array.from({ length: count }, (_, i) => {
      const elevationDeg = (Math.asin(1 - (2 * i + 1) / count) * 180) / Math.PI;
      return objectOf([blockAt(((i * 137.508) % 360) - 180, elevationDeg)], { id: `${i}` });
    });
    const inputs = objects.map((_, i) => {
      const input = new Float32Array(spacing * (count + 1));
      input.set(probe, i * spacing);
      return input;
    });
    const energy = (signal: Float32Array) => signal.reduce((sum, sample) => sum + sample * sample, 0);
    const out = rendered(sceneOf(...objects), inputs);
    const mean = (energy(out[0]!) + energy(out[1]!)) / count;
    expect(Math.abs(10 * Math.log10(mean / energy(probe)))).toBeLessThan(0.5);
  });

  test('an object sounds only while its blocks last', () => {
    const block = blockAt(0, 0, {
      startSec: rationalFromDecimal(0.1),
      durationSec: rationalFromDecimal(0.1),
    });
    const [left] = rendered(sceneOf(objectOf([block])), [noise(24000)]);
    const quiet = (from: number, to: number) => powerDbOf(left!.subarray(from, to));
    expect(quiet(0, 4780)).toBeLessThan(-100);
    expect(quiet(4810, 9590)).toBeGreaterThan(-20);
    expect(quiet(10000, 24000)).toBeLessThan(-100);
  });

  test('startSample moves the scene, not the sound', () => {
    const scene = sceneOf(objectOf([blockAt(90, 0, { durationSec: rationalFromDecimal(0.1) })]));
    const [left] = rendered(scene, [noise(4800)], { startSample: 4800 });
    expect(powerDbOf(left!)).toBe(-Infinity);
  });
});

describe('low-frequency effects', () => {
  const sine = (frequencyHz: number) =>
    Float32Array.from({ length: 48000 }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz));
  const levelAt = (frequencyHz: number, lfeDb: number | 'off') => {
    const [left, right] = rendered(sceneOf(bedOf(['LFE1'])), [sine(frequencyHz)], { lfeDb });
    expect(right).toEqual(left);
    return powerDbOf(left!.subarray(24000)) - powerDbOf(sine(frequencyHz));
  };

  test('is alike in both ears, at the level of a main channel, low-passed at 120 Hz with -24 dB an octave', () => {
    expect(levelAt(30, 0)).toBeCloseTo(-3.01, 1);
    expect(levelAt(120, 0)).toBeCloseTo(-3.01 - 6.02, 1);
    expect(levelAt(480, 0)).toBeLessThan(-3.01 - 47);
    expect(levelAt(30, -10)).toBeCloseTo(-13.01, 1);
    expect(levelAt(30, 'off')).toBe(-Infinity);
  });
});

describe('a head that is turned', () => {
  const scene = (turnDeg: number) =>
    sceneOf(
      bedOf(['M+030', 'M-110'], {
        channels: [30, -110].map((azimuthDeg) => ({
          label: 'X',
          position: { azimuthDeg: azimuthDeg - turnDeg, elevationDeg: 0, distance: 1 },
          isLfe: false,
          gainDb: 0,
        })),
      }),
      objectOf([blockAt(50 - turnDeg, 20)]),
      objectOf([blockAt(10 - turnDeg, 0, { width: 40 })], { id: 'wide' }),
    );
  const inputs = Array.from({ length: 4 }, (_, i) => noise(12_000, i + 1));
  const differenceDb = (a: Float32Array[], b: Float32Array[]) =>
    Math.max(...a.map((ear, e) => powerDbOf(ear.map((sample, n) => sample - b[e]![n]!)) - powerDbOf(ear)));
  const pose = { yawDeg: 30, pitchDeg: 0, rollDeg: 0 };

  test('to the left hears the scene turned to the right', () => {
    const expected = rendered(scene(30), inputs);
    expect(differenceDb(expected, rendered(scene(0), inputs, { head: pose }))).toBeLessThan(-35);
    expect(differenceDb(expected, rendered(scene(0), inputs))).toBeGreaterThan(-3);
  });

  test('by a track that rests, the same; by one that moves, it ends there', () => {
    const fixed = rendered(scene(0), inputs, { head: pose });
    const rest = rendered(scene(0), inputs, { headTrack: [{ timeSec: 0, ...pose }] });
    expect(differenceDb(fixed, rest)).toBeLessThan(-30);
    const moving = rendered(scene(0), inputs, {
      headTrack: [
        { timeSec: 0, yawDeg: -60, pitchDeg: 0, rollDeg: 0 },
        { timeSec: 0.1, ...pose },
      ],
    });
    const end = (ears: Float32Array[]) => ears.map((ear) => ear.subarray(8000));
    expect(differenceDb(end(fixed), end(moving))).toBeLessThan(-30);
    expect(differenceDb(fixed, moving)).toBeGreaterThan(-10);
  });

  test('turns ambisonic beds, and leaves alone what is not for the head', () => {
    const ambisonic = { ...objectOf([]), kind: 'ambisonic', order: 2, normalization: 'SN3D' } as never;
    const wave = [...sphericalHarmonics(2, 50, 0, 'SN3D')].map((gain) =>
      noise(12_000).map((sample) => gain * sample),
    );
    const turned = [...sphericalHarmonics(2, 20, 0, 'SN3D')].map((gain) =>
      noise(12_000).map((sample) => gain * sample),
    );
    const expected = rendered(sceneOf(ambisonic), turned);
    expect(differenceDb(expected, rendered(sceneOf(ambisonic), wave, { head: pose }))).toBeLessThan(-20);
    const headTrack = [{ timeSec: 0, ...pose }];
    expect(differenceDb(expected, rendered(sceneOf(ambisonic), wave, { headTrack }))).toBeLessThan(-100);
    const off = sceneOf(
      objectOf([blockAt(20)], { binauralMode: 'off' }),
      bedOf(['M+030'], { binauralMode: 'off' }),
    );
    const two = inputs.slice(0, 2);
    expect(rendered(off, two, { headTrack })).toEqual(rendered(off, two));
  });
});

describe('block size', () => {
  test('does not change a bit, static, moving, spread, panned and ambisonic', { timeout: 60_000 }, () => {
    const scene = sceneOf(
      bedOf(['M+030', 'M-030', 'LFE1']),
      circlingObject(0.5, 1),
      objectOf([blockAt(40, 20, { width: 60, height: 20 })]),
      { ...circlingObject(0.7, 1), id: 'off', binauralMode: 'off' },
      { ...objectOf([blockAt(0)]), kind: 'ambisonic', order: 1, normalization: 'SN3D' } as never,
    );
    const inputs = Array.from({ length: 10 }, (_, i) => noise(6000, i + 1));
    const whole = render(rendererOf(scene), inputs, 4096);
    expect(powerDbOf(whole[0])).toBeGreaterThan(-20);
    for (const blockFrames of [1, 7, 512]) {
      const out = render(rendererOf(scene), inputs, blockFrames);
      expect(out[0]).toEqual(whole[0]);
      expect(out[1]).toEqual(whole[1]);
    }
  });

  test('reset goes back to the start', () => {
    const scene = sceneOf(circlingObject(0.5, 1), bedOf(['LFE1']));
    const inputs = [noise(6000), noise(6000, 2)];
    const renderer = rendererOf(scene);
    const first = render(renderer, inputs, 1000);
    renderer.reset();
    expect(render(renderer, inputs, 512)).toEqual(first);
  });
});

describe('modes', () => {
  test('off is a plain stereo pan', () => {
    const out = rendered(sceneOf(objectOf([blockAt(30)], { binauralMode: 'off' })), [impulse(2000)]);
    expect(out[0]![0]).toBeCloseTo(1, 6);
    expect(powerDbOf(out[1]!)).toBeLessThan(-120);
  });

  test('near, mid and far warn once', () => {
    const warnings: Warning[] = [];
    const object = objectOf([blockAt(0)], { binauralMode: 'mid', name: 'voice' });
    createBinauralRenderer({
      scene: sceneOf(object, { ...object, id: 'b' }),
      sampleRateHz,
      kernels,
      hrtf,
      onWarning: (warning) => warnings.push(warning),
    });
    expect(warnings.map(({ code }) => code)).toEqual(['binaural-without-room']);
    expect(warnings[0]!.message).toContain('"voice"');
  });

  test('a muted element is silent, another sampling rate is refused', () => {
    const out = rendered(sceneOf(objectOf([blockAt(0)], { mute: true })), [noise(2000)]);
    expect(powerDbOf(out[0]!)).toBe(-Infinity);
    expect(() => createBinauralRenderer({ scene: sceneOf(), sampleRateHz: 44100, kernels, hrtf })).toThrow(
      /48000 Hz.*44100 Hz/,
    );
  });
});
