import { beforeAll, describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { createEarResponses, createHrtfInterpolator } from '../../src/hrtf/hrtf-interpolator.ts';
import type { HrtfSet } from '../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createBinauralRenderer } from '../../src/render/binaural/binaural-renderer.ts';
import { noise } from '../support.ts';
import { circlingObject, render, sceneOf } from '../render/binaural/scenes.ts';
import { lineAmplitude, spectralDifferenceDb } from './binaural-metrics.ts';

const sampleRateHz = 48000;
let hrtf: HrtfSet;

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(sampleRateHz);
});

/** The set without some of its directions. */
function without(set: HrtfSet, isLeftOut: (direction: number) => boolean): HrtfSet {
  const kept = Array.from({ length: set.directionCount }, (_, i) => i).filter((i) => !isLeftOut(i));
  const pick = <T extends Float32Array | Float64Array>(values: T, each: number): T => {
    const picked = values.slice(0, kept.length * each) as T;
    kept.forEach((i, k) => picked.set(values.subarray(i * each, (i + 1) * each), k * each));
    return picked;
  };
  return {
    ...set,
    directionCount: kept.length,
    directionsDeg: pick(set.directionsDeg, 2),
    arrivalSamples: pick(set.arrivalSamples, 2),
    responses: pick(set.responses, 2 * set.tapCount),
  };
}

test('a fifth of the directions, held out, is interpolated within 0.4 dB and 5 us', () => {
  const dice = noise(hrtf.directionCount, 3);
  const isHeldOut = (i: number) => dice[i]! < -0.6;
  const interpolator = createHrtfInterpolator(without(hrtf, isHeldOut));
  const output = createEarResponses(hrtf.tapCount);
  let [differenceDb, delaySec, count] = [0, 0, 0];
  for (let i = 0; i < hrtf.directionCount; i++) {
    if (!isHeldOut(i)) continue;
    interpolator.interpolate(
      polarToCartesian(hrtf.directionsDeg[2 * i]!, hrtf.directionsDeg[2 * i + 1]!),
      output,
    );
    for (const [ear, response] of [output.left, output.right].entries()) {
      const at = (2 * i + ear) * hrtf.tapCount;
      const truth = hrtf.responses.subarray(at, at + hrtf.tapCount);
      differenceDb += spectralDifferenceDb(response, truth, sampleRateHz) / 2;
    }
    const itd = output.arrivalSamples[0]! - output.arrivalSamples[1]!;
    delaySec += Math.abs(itd - hrtf.arrivalSamples[2 * i]! + hrtf.arrivalSamples[2 * i + 1]!) / sampleRateHz;
    count++;
  }
  expect(differenceDb / count).toBeLessThan(0.4);
  expect(delaySec / count).toBeLessThan(5e-6);
});

describe('a sine that circles the head once in 4 s', () => {
  test.each([
    [1000, -90],
    [8000, -54],
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
      const updateHz = sampleRateHz / 1024;
      let largest = 0;
      for (const ear of render(renderer, [sine], 4096)) {
        const middle = ear.subarray(sampleRateHz, 3 * sampleRateHz);
        const carrier = Math.max(
          ...[-0.5, 0, 0.5].map((offset) => lineAmplitude(middle, frequencyHz + offset, sampleRateHz)),
        );
        for (const k of [-4, -3, -2, -1, 1, 2, 3, 4, 8])
          largest = Math.max(
            largest,
            lineAmplitude(middle, frequencyHz + k * updateHz, sampleRateHz) / carrier,
          );
      }
      expect(20 * Math.log10(largest)).toBeLessThan(limitDb);
    },
  );
});
