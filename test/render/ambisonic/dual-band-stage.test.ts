import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Processor } from '../../../src/base/processor.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createDualBandStage } from '../../../src/render/ambisonic/dual-band-stage.ts';
import { designDualBand } from '../../../src/render/ambisonic/dual-band.ts';
import { createRenderer } from '../../../src/render/renderer.ts';
import { ambisonicElements } from '../../../src/scene/make-scene.ts';
import { sceneTracks, type Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, impulse, objectOf, sceneOf } from '../binaural/scenes.ts';

const kernels = createScalarKernels();
const layout = getLayout('4+7+0');
const hoa = (order: number) =>
  ambisonicElements(order, { normalization: 'SN3D', isHeadLocked: false }, 'hoa');
const rendererOf = (scene: Scene, hoaDecoder: 'max-re' | 'dual-band', to = layout): Processor =>
  createRenderer({
    scene,
    format: { kind: 'loudspeakers', layout: to },
    sampleRateHz: 48000,
    kernels,
    settings: { loudspeakers: { hoaDecoder } },
  });

function run(processor: Processor, inputs: readonly Float32Array[], blockFrames: number): Float32Array[] {
  const length = inputs[0]!.length;
  const outputs = Array.from({ length: processor.outputChannelCount }, () => new Float32Array(length));
  for (let from = 0; from < length; from += blockFrames) {
    const frameCount = Math.min(blockFrames, length - from);
    const input = {
      channels: inputs.map((channel) => channel.subarray(from, from + frameCount)),
      frameCount,
    };
    const output = createAudioBlock(outputs.length, frameCount);
    processor.process(input, output);
    outputs.forEach((channel, i) => channel.set(output.channels[i]!, from));
  }
  return outputs;
}

/** Spectrum of a response at a frequency: [real, imaginary]. */
function spectrumAt(response: Float32Array, frequencyHz: number): [number, number] {
  let [real, imaginary] = [0, 0];
  response.forEach((value, n) => {
    const angle = (-2 * Math.PI * frequencyHz * n) / 48000;
    real += value * Math.cos(angle);
    imaginary += value * Math.sin(angle);
  });
  return [real, imaginary];
}

/** What an impulse on one track makes of each loudspeaker. */
function respond(scene: Scene, track: number, decoder: 'max-re' | 'dual-band'): Float32Array[] {
  const inputs = sceneTracks(scene).map((_, i) => (i === track ? impulse(8192) : new Float32Array(8192)));
  return run(rendererOf(scene, decoder), inputs, 1000);
}

test('each degree has its own gain far below the crossover, and none far above', () => {
  const scene = sceneOf(...hoa(3));
  const gains = designDualBand(3, layout);
  for (const [acn, degree] of [
    [0, 0],
    [1, 1],
    [4, 2],
    [9, 3],
  ] as const) {
    const plain = respond(scene, acn, 'max-re')[0]![0]!;
    const response = respond(scene, acn, 'dual-band')[0]!;
    expect(spectrumAt(response, 0)[0] / plain).toBeCloseTo(gains[degree]!, 3);
    expect(Math.hypot(...spectrumAt(response, 20000)) / Math.abs(plain)).toBeCloseTo(1, 3);
  }
});

test('objects and beds keep their level and have the phase of the ambisonics at every frequency', () => {
  const scene = sceneOf(objectOf([blockAt(0)]), bedOf(['M+000'], { id: 'bed3' }), ...hoa(1));
  const centre = layout.loudspeakers.findIndex(({ label }) => label === 'M+000');
  const [object, bed, w] = [0, 1, 2].map((track) => respond(scene, track, 'dual-band')[centre]!);
  expect(bed).toEqual(object);
  for (const frequencyHz of [30, 200, 400, 800, 6000]) {
    const [real, imaginary] = spectrumAt(object!, frequencyHz);
    expect(Math.hypot(real, imaginary)).toBeCloseTo(1, 4);
    const [otherReal, otherImaginary] = spectrumAt(w!, frequencyHz);
    const cosine = (real * otherReal + imaginary * otherImaginary) / Math.hypot(otherReal, otherImaginary);
    expect(cosine).toBeCloseTo(1, 5);
  }
});

test('any block size gives the same bits, and reset the first ones again', () => {
  const scene = sceneOf(...hoa(2), objectOf([blockAt(20)]));
  const inputs = Array.from({ length: 10 }, (_, i) => noise(10_000, i + 1));
  const processor = rendererOf(scene, 'dual-band');
  const reference = run(processor, inputs, 512);
  processor.reset();
  for (const found of [
    run(processor, inputs, 512),
    ...[7, 4096, 10_000].map((blockFrames) => run(rendererOf(scene, 'dual-band'), inputs, blockFrames)),
  ])
    found.forEach((channel, i) => expect(Buffer.compare(bytes(channel), bytes(reference[i]!))).toBe(0));
});

const bytes = (channel: Float32Array): Buffer =>
  Buffer.from(channel.buffer, channel.byteOffset, channel.byteLength);

test('a scene without ambisonics, or with muted ones, and a stereo layout are left alone', () => {
  const muted = hoa(1).map((element) => ({ ...element, mute: true }));
  for (const scene of [sceneOf(objectOf([blockAt(0)])), sceneOf(...muted)]) {
    const renderer = rendererOf(scene, 'max-re');
    expect(createDualBandStage({ scene, layout, sampleRateHz: 48000, renderer })).toBe(renderer);
  }
  const scene = sceneOf(...hoa(1));
  const renderer = rendererOf(scene, 'max-re', getLayout('0+2+0'));
  const stage = createDualBandStage({ scene, layout: getLayout('0+2+0'), sampleRateHz: 48000, renderer });
  expect(stage).toBe(renderer);
});
