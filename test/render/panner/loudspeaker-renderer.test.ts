import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createLoudspeakerRenderer } from '../../../src/render/panner/loudspeaker-renderer.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { ObjectBlock, Scene } from '../../../src/scene/scene.ts';
import { noise } from '../../support.ts';

const sceneOf = (...blocks: Partial<ObjectBlock>[]): Scene =>
  createScene(
    's',
    blocks.map((block, index) => ({
      ...elementDefaults,
      kind: 'object',
      id: `o${index}`,
      name: '',
      blocks: [{ ...objectBlockDefaults, ...block }],
    })),
  );
const kernels = await loadKernels();

function render(scene: Scene, inputs: readonly Float32Array[], blockFrames: number) {
  const processor = createLoudspeakerRenderer({
    scene,
    layout: getLayout('4+7+0'),
    sampleRateHz: 48000,
    kernels,
  });
  const length = inputs[0]!.length;
  const result = createAudioBlock(12, length);
  for (let from = 0; from < length; from += blockFrames) {
    const to = Math.min(length, from + blockFrames);
    const output = createAudioBlock(12, to - from);
    const channels = inputs.map((input) => input.slice(from, to));
    processor.process({ channels, frameCount: to - from }, output);
    output.channels.forEach((channel, index) => result.channels[index]!.set(channel, from));
  }
  return { latencySamples: processor.latencySamples, channels: result.channels };
}

test('without diffuse objects there is no latency', () => {
  const input = noise(500, 1);
  const { latencySamples, channels } = render(sceneOf({}), [input], 128);
  expect(latencySamples).toBe(0);
  expect(channels[2]).toEqual(input);
});

test('diffuse and direct objects together, the same bits for any block', () => {
  const scene = sceneOf({ diffuse: 1 }, {}, { diffuse: 0.3, width: 90 });
  const inputs = [noise(20000, 1), noise(20000, 2), noise(20000, 3)];
  const whole = render(scene, inputs, 20000);
  for (const blockFrames of [1, 7, 512, 4096]) {
    expect(render(scene, inputs, blockFrames).channels).toEqual(whole.channels);
  }
});

test('a fully diffuse object keeps its power and loses its shape', () => {
  const input = noise(48000, 5);
  const { latencySamples, channels } = render(sceneOf({ diffuse: 1 }), [input], 4096);
  const output = channels[2]!.subarray(latencySamples);
  const power = (signal: Float32Array): number => signal.reduce((sum, x) => sum + x * x, 0) / signal.length;
  expect(Math.abs(10 * Math.log10(power(output) / power(input)))).toBeLessThan(0.2);
  const product = output.reduce((sum, x, n) => sum + x * input[n]!, 0) / output.length;
  expect(Math.abs(product) / power(input)).toBeLessThan(0.2);
});
