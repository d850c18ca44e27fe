import { beforeAll, expect, test } from 'vitest';
import {
  ambisonicFilters,
  filterShape,
  loudspeakerFilters,
} from '../../../src/audition/server/hrtf-filters.ts';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import type { Kernels } from '../../../src/kernels/kernels.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createRenderer } from '../../../src/render/renderer.ts';
import { ambisonicScene, bedScene } from '../../../src/scene/make-scene.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';

const frameCount = 4800;
let hrtf: HrtfSet;
let kernels: Kernels;
beforeAll(async () => {
  hrtf = await loadDefaultHrtf(48000);
  kernels = await loadKernels();
});

/** Both ears of a render, without its latency. */
function render(scene: Scene, inputs: readonly Float32Array[]): Float32Array[] {
  const format = { kind: 'binaural' } as const;
  const renderer = createRenderer({ scene, format, sampleRateHz: 48000, kernels, hrtf });
  const input = createAudioBlock(inputs.length, frameCount + renderer.latencySamples);
  inputs.forEach((samples, index) => input.channels[index]!.set(samples));
  const output = createAudioBlock(2, input.frameCount);
  renderer.process(input, output);
  return output.channels.map((channel) => channel.subarray(renderer.latencySamples));
}

/** Convolves inputs with [input][tap] filters, and takes the delay out. */
function convolve(
  inputs: readonly Float32Array[],
  filterOf: (input: number) => Float32Array,
  delaySamples: number,
): Float64Array {
  const output = new Float64Array(frameCount);
  inputs.forEach((samples, input) => {
    const filter = filterOf(input);
    for (let n = 0; n < frameCount; n++)
      for (let tap = 0; tap < filter.length; tap++)
        output[n]! += filter[tap]! * (samples[n + delaySamples - tap] ?? 0);
  });
  return output;
}

/** Level of the difference below the signal, away from the end, where the render knows what comes behind. */
function differenceDb(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, signal] = [0, 0];
  for (let n = 0; n < frameCount - 200; n++) {
    difference += (a[n]! - b[n]!) ** 2;
    signal += a[n]! ** 2;
  }
  return 10 * Math.log10(difference / signal);
}

test('a bed heard through the filters is its binaural render, LFE and all', () => {
  const layout = getLayout('5.1');
  const scene = bedScene(layout);
  const inputs = layout.loudspeakers.map((_, channel) => noise(frameCount, channel + 1, 0.2));
  const filters = loudspeakerFilters(scene, hrtf, kernels);
  const { loudspeakerTapCount: taps, loudspeakerDelaySamples: delay } = filterShape(hrtf);
  expect(filters).toHaveLength(6 * 2 * taps);
  render(scene, inputs).forEach((ear, index) => {
    const heard = convolve(
      inputs,
      (input) => filters.subarray((2 * input + index) * taps, (2 * input + index + 1) * taps),
      delay,
    );
    expect(differenceDb(ear, heard)).toBeLessThan(-95);
  });
});

test('the LFE alone too, whose low-pass rings longest', () => {
  const scene = bedScene(getLayout('5.1'));
  const inputs = Array.from({ length: 6 }, (_, channel) =>
    channel === 3 ? noise(frameCount, 9) : new Float32Array(frameCount),
  );
  const filters = loudspeakerFilters(scene, hrtf, kernels);
  const { loudspeakerTapCount: taps, loudspeakerDelaySamples: delay } = filterShape(hrtf);
  const heard = convolve([inputs[3]!], () => filters.subarray(6 * taps, 7 * taps), delay);
  expect(differenceDb(render(scene, inputs)[0]!, heard)).toBeLessThan(-90);
});

test('ambisonics heard through the filters are their binaural render', () => {
  const filters = ambisonicFilters(1, hrtf);
  const { ambisonicTapCount: taps, ambisonicDelaySamples: delay } = filterShape(hrtf);
  expect(filters).toHaveLength(2 * 4 * taps);
  const inputs = Array.from({ length: 4 }, (_, acn) => noise(frameCount, acn + 1, 0.2));
  render(ambisonicScene(1), inputs).forEach((ear, index) => {
    const heard = convolve(
      inputs,
      (acn) => filters.subarray((4 * index + acn) * taps, (4 * index + acn + 1) * taps),
      delay,
    );
    expect(differenceDb(ear, heard)).toBeLessThan(-100);
  });
});
