import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../../../src/base/audio-block.ts';
import { createScalarKernels } from '../../../../../src/kernels/scalar/scalar-kernels.ts';
import { parseScene } from '../../../../../src/scene/parse-scene.ts';
import { createSceneSource } from '../../../../../src/audition/page/engine/feed/scene-source.ts';

const { scene } = parseScene({
  version: 1,
  objects: [
    { name: 'left', file: 'a.wav', position: { azimuthDeg: 90 } },
    { name: 'muted', file: 'b.wav', position: { azimuthDeg: 0 }, mute: true },
  ],
  beds: [{ name: 'bed', channels: ['LFE'], file: 'c.wav' }],
});

test('a scene becomes third-order ambisonics with a head-locked pair; LFE channels go to W', async () => {
  const { createProcessor } = createSceneSource(scene, 48000, createScalarKernels);
  const processor = await createProcessor(4711);
  expect([processor.inputChannelCount, processor.outputChannelCount]).toEqual([3, 18]);
  const input = createAudioBlock(3, 64);
  const output = createAudioBlock(18, 64);
  input.channels[0]!.fill(0.5);
  processor.process(input, output);
  expect(output.channels[0]![10]).toBeCloseTo(0.5, 6);
  input.channels[0]!.fill(0);
  input.channels[1]!.fill(0.5);
  processor.process(input, output);
  // ACN 1 points to the left.
  expect([0, 1, 3].map((acn) => Math.round(1000 * output.channels[acn]![10]!))).toEqual([500, 500, 0]);
});

test('what wants no HRTF goes to the pair alone, which no head turns', async () => {
  const narrator = { name: 'narrator', file: 'a.wav', position: { azimuthDeg: -30 }, binauralMode: 'off' };
  const { createProcessor } = createSceneSource(
    parseScene({ version: 1, objects: [narrator] }).scene,
    48000,
    createScalarKernels,
  );
  const processor = await createProcessor(0);
  const input = createAudioBlock(1, 8);
  const output = createAudioBlock(18, 8);
  input.channels[0]!.fill(0.5);
  processor.process(input, output);
  expect(output.channels.map((channel) => +channel[7]!.toFixed(6))).toEqual([
    ...new Array<number>(17).fill(0),
    0.5,
  ]);
});

test('what the scene mutes is muted by a gain that can be lifted', async () => {
  const { gains, createProcessor } = createSceneSource(scene, 48000, createScalarKernels);
  const tracks = [1, 2, 3].map(() => new Float32Array(1000).fill(1));
  gains.apply(tracks, 1000);
  expect(tracks.map((track) => track[999])).toEqual([1, 1, 0]);
  const processor = await createProcessor(0);
  const input = createAudioBlock(3, 8);
  const output = createAudioBlock(18, 8);
  input.channels[2]!.fill(1);
  processor.process(input, output);
  expect(output.channels[0]![7]).toBeCloseTo(1, 6);
});
