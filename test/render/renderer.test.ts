import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { ConfigError, LayoutError } from '../../src/base/errors.ts';
import { rationalFromDecimal } from '../../src/base/time.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import type { Layout } from '../../src/layouts/layout.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import { createScene, elementDefaults } from '../../src/scene/make-scene.ts';
import type { Bed, ObjectBlock, Scene, SceneElement } from '../../src/scene/scene.ts';
import { noise } from '../support.ts';
import { plainBlock } from './panner/golden.ts';

const base = { ...elementDefaults, name: '' };
const bedOf = (layout: Layout): Bed => ({
  ...base,
  id: 'bed',
  kind: 'bed',
  layout: layout.name,
  channels: layout.loudspeakers.map(({ label, isLfe }) => ({ label, isLfe, position: undefined, gainDb: 0 })),
});
const objectAt = (id: string, blocks: readonly Partial<ObjectBlock>[]): SceneElement => ({
  ...base,
  id,
  kind: 'object',
  blocks: blocks.map((block) => ({ ...plainBlock, ...block })),
});
const sceneOf = (elements: readonly SceneElement[]): Scene => createScene('s', elements);

function render(
  scene: Scene,
  layout: Layout,
  inputs: readonly Float32Array[],
  blockFrames: number,
  kernels: Kernels,
  startSample = 0,
) {
  const processor = createRenderer({
    scene,
    format: { kind: 'loudspeakers', layout },
    sampleRateHz: 48000,
    kernels,
    startSample,
  });
  expect(processor.inputChannelCount).toBe(inputs.length);
  const length = inputs[0]!.length;
  const result = layout.loudspeakers.map(() => new Float32Array(length));
  for (let from = 0; from < length; from += blockFrames) {
    const to = Math.min(from + blockFrames, length);
    const output = createAudioBlock(result.length, to - from);
    processor.process(
      { channels: inputs.map((channel) => channel.slice(from, to)), frameCount: to - from },
      output,
    );
    output.channels.forEach((channel, index) => result[index]!.set(channel, from));
  }
  return result;
}

const layout = getLayout('7.1.4');
const sec = rationalFromDecimal;
const flyover = objectAt('fly', [
  {
    startSec: sec(0),
    durationSec: sec(0.02),
    position: { kind: 'polar', azimuthDeg: 0, elevationDeg: 0, distance: 1 },
  },
  {
    startSec: sec('0.02'),
    durationSec: sec('0.05'),
    position: { kind: 'polar', azimuthDeg: 0, elevationDeg: 90, distance: 1 },
    width: 30,
  },
  {
    startSec: sec('0.07'),
    durationSec: undefined,
    jumpPosition: true,
    position: { kind: 'cartesian', xyz: [0, -1, 0.5] },
  },
]);

describe.each(['simd', 'scalar'] as const)('createRenderer to loudspeakers, %s kernels', async (prefer) => {
  const kernels = prefer === 'scalar' ? createScalarKernels() : await loadKernels({ prefer });

  test.each(builtInLayouts.filter((one) => !one.foldFrom))(
    'a bed of $name nulls with itself, silent objects beside it',
    (one) => {
      const bed = bedOf(one);
      const inputs = one.loudspeakers.map((_, index) => noise(1500, index + 1));
      const scene = sceneOf([bed, objectAt('quiet', [{}])]);
      expect(render(scene, one, [...inputs, new Float32Array(1500)], 512, kernels)).toEqual(inputs);
    },
  );

  test('the same bits at any block size and from any start', () => {
    const scene = sceneOf([bedOf(layout), flyover, objectAt('o', [{ depth: 0.5, width: 40 }])]);
    const inputs = Array.from({ length: 14 }, (_, index) => noise(6000, index + 1, 0.3));
    const whole = render(scene, layout, inputs, 512, kernels);
    for (const blockFrames of [1, 7, 4096])
      expect(render(scene, layout, inputs, blockFrames, kernels)).toEqual(whole);
    const offset = 2345;
    const later = render(
      scene,
      layout,
      inputs.map((channel) => channel.slice(offset)),
      512,
      kernels,
      offset,
    );
    expect(later).toEqual(whole.map((channel) => channel.slice(offset)));
  });

  test('a flyover rises over the heights', () => {
    const scene = sceneOf([flyover]);
    const ones = new Float32Array(6000).fill(0.5);
    const outputs = render(scene, layout, [ones], 512, kernels);
    const heights = (sample: number) =>
      outputs.slice(8).reduce((sum, channel) => sum + channel[sample]! ** 2, 0);
    expect(heights(900)).toBe(0);
    expect(heights(3300)).toBeGreaterThan(0.2);
    expect(outputs[2]![0]).toBeCloseTo(0.5, 6);
  });
});

test('left is left: an object at +90 is louder in M+030 of stereo', () => {
  const scene = sceneOf([
    objectAt('o', [{ position: { kind: 'polar', azimuthDeg: 90, elevationDeg: 0, distance: 1 } }]),
  ]);
  const [left, right] = render(scene, getLayout('0+2+0'), [noise(100)], 100, createScalarKernels());
  expect(Math.max(...left!)).toBeGreaterThan(2 * Math.max(...right!));
});

test('other formats go to their renderers; what is missing is said', () => {
  const scene = sceneOf([objectAt('o', [{}])]);
  const options = { scene, sampleRateHz: 48000, kernels: createScalarKernels() };
  expect(createRenderer({ ...options, format: { kind: 'ambisonics', order: 3 } }).outputChannelCount).toBe(
    16,
  );
  expect(() => createRenderer({ ...options, format: { kind: 'binaural' } })).toThrow(ConfigError);
  expect(() =>
    createRenderer({ ...options, format: { kind: 'loudspeakers', layout: getLayout('mono') } }),
  ).toThrow(LayoutError);
});
