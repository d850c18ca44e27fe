import { beforeAll, describe, expect, test } from 'vitest';
import { createFft } from '../../src/dsp/fft.ts';
import type { HrtfSet } from '../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createBinauralRenderer } from '../../src/render/binaural/binaural-renderer.ts';
import type { AudioObject } from '../../src/scene/scene.ts';
import { noise } from '../support.ts';
import { bedOf, blockAt, circlingObject, objectOf, render, sceneOf } from '../render/binaural/scenes.ts';
import { lineAmplitude } from './binaural-metrics.ts';

const sampleRateHz = 48000;
let hrtf: HrtfSet;

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(sampleRateHz);
});

describe('a sine that circles the head once in 4 s', () => {
  test.each([
    [1000, -100],
    [8000, -90],
  ])(
    'at %i Hz: lines at multiples of the update rate below %i dB',
    { timeout: 60_000 },
    async (frequencyHz, limitDb) => {
      const kernels = await loadKernels();
      const scene = sceneOf(circlingObject(4, 1));
      const renderer = createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf });
      const sine = Float32Array.from({ length: 4 * sampleRateHz }, (_, n) =>
        Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
      );
      const updateHz = sampleRateHz / 704;
      let largest = 0;
      for (const ear of render(renderer, [sine], 4096)) {
        const middle = ear.subarray(sampleRateHz, 3 * sampleRateHz);
        const carrier = Math.max(
          ...[-0.5, 0, 0.5].map((offset) => lineAmplitude(middle, frequencyHz + offset, sampleRateHz)),
        );
        for (const k of [-8, -4, -3, -2, -1, 1, 2, 3, 4, 8])
          largest = Math.max(
            largest,
            lineAmplitude(middle, frequencyHz + k * updateHz, sampleRateHz) / carrier,
          );
      }
      expect(20 * Math.log10(largest)).toBeLessThan(limitDb);
    },
  );
});

describe('a moving source beside the fixed ones that it passes', () => {
  const bandsHz = Array.from({ length: 20 }, (_, i) => 200 * 2 ** (i / 3));

  /** Levels of a stretch under a Hann window in third-octave bands, in dB. */
  function bandLevelsDb(signal: Float32Array): number[] {
    const size = 8192;
    const [re, im] = [new Float64Array(size), new Float64Array(size)];
    for (let n = 0; n < size; n++) re[n] = signal[n]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
    createFft(size).forward(re, im);
    return bandsHz.map((centreHz) => {
      let power = 0;
      const bin = (octaves: number) => Math.round((centreHz * 2 ** octaves * size) / sampleRateHz);
      for (let k = bin(-1 / 6); k <= bin(1 / 6); k++) power += re[k]! ** 2 + im[k]! ** 2;
      return 10 * Math.log10(power);
    });
  }

  test('no band dips by more than 0.5 dB', { timeout: 60_000 }, async () => {
    const kernels = await loadKernels();
    const input = noise(4 * sampleRateHz);
    const hear = (element: AudioObject): Float32Array[] => {
      const renderer = createBinauralRenderer({ scene: sceneOf(element), sampleRateHz, kernels, hrtf });
      const ears = render(renderer, [input], 4096);
      return ears.map((ear) => ear.subarray(renderer.latencySamples));
    };
    const moving = hear(circlingObject(4, 1));
    // Where the source is loud and quiet, both ears and both sides of the head.
    for (let azimuthDeg = 20; azimuthDeg < 340; azimuthDeg += 40) {
      const centre = Math.round((azimuthDeg / 360) * 4 * sampleRateHz);
      const near = [-6, -3, 0, 3, 6].map((offset) => hear(objectOf([blockAt(wrap(azimuthDeg + offset))])));
      for (const ear of [0, 1]) {
        const stretch = (signal: Float32Array) => signal.subarray(centre - 4096, centre + 4096);
        const levels = bandLevelsDb(stretch(moving[ear]!));
        const fixed = near.map((ears) => bandLevelsDb(stretch(ears[ear]!)));
        levels.forEach((level, band) => {
          const least = Math.min(...fixed.map((bands) => bands[band]!));
          expect(level, `${azimuthDeg} deg, ear ${ear}, ${bandsHz[band]} Hz`).toBeGreaterThan(least - 0.5);
        });
      }
    }
  });
});

/** An azimuth in -180..180. */
const wrap = (azimuthDeg: number): number => (azimuthDeg > 180 ? azimuthDeg - 360 : azimuthDeg);

test('silence after sound costs no more than sound', { timeout: 60_000 }, async () => {
  const scene = sceneOf(
    circlingObject(4, 8),
    { ...objectOf([blockAt(40)]), id: 'still' },
    { ...objectOf([blockAt(90, 0, { diffuse: 1, width: 40 })]), id: 'diffuse' },
    bedOf(['M+030', 'LFE1']),
  );
  const renderer = createBinauralRenderer({ scene, sampleRateHz, kernels: await loadKernels(), hrtf });
  const sound = Array.from({ length: 5 }, (_, i) => noise(sampleRateHz, i + 1, 0.5));
  const silence = sound.map((channel) => new Float32Array(channel.length));
  const costMs = (inputs: readonly Float32Array[]): number => {
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const start = process.cpuUsage();
      render(renderer, inputs, 1024);
      const { user, system } = process.cpuUsage(start);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  };
  costMs(sound);
  const soundMs = costMs(sound);
  expect(costMs(silence)).toBeLessThan(1.3 * soundMs);
});
