import { expect, test } from 'vitest';
import { InternalError, type Warning } from '../../../src/base/errors.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { parseRecipe } from '../../../src/master/recipe.ts';
import { createSceneStage, groupOfEntry, kindOf } from '../../../src/master/scene-stage/scene-stage.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../../render/binaural/scenes.ts';
import { runEffect } from './effect-support.ts';

const scene = sceneOf(bedOf(['M+030', 'M-030', 'LFE1']), objectOf([blockAt(0, 30)]));
const entriesOf = (...entries: object[]) => parseRecipe({ version: 1, scene: entries }).scene;

async function stageOf(entries: readonly object[], sideChains?: ReadonlyMap<string, number>) {
  const warnings: Warning[] = [];
  const stage = createSceneStage(entriesOf(...entries), {
    scene,
    sampleRateHz: 48000,
    kernels: await loadKernels({}),
    startSample: 0,
    createDetectorRender() {
      throw new InternalError('no-render', 'this test renders nothing');
    },
    sideChains,
    onWarning: (warning) => warnings.push(warning),
  });
  return { stage, warnings };
}
const inputs = Array.from({ length: 4 }, (_, seed) => noise(5000, seed + 1));
const later = (samples: Float32Array, delay: number) =>
  Float32Array.from(samples, (_, n) => samples[n - delay] ?? 0);

test('effects work one after the other; latencies add up and all tracks stay together', async () => {
  const { stage } = await stageOf([
    { type: 'delay', group: 'height', delaySamples: -30 },
    { type: 'gain', group: 'beds', gainDb: -6 },
    { type: 'delay', group: { channels: ['L'] }, delaySamples: -20 },
    { type: 'polarity', group: 'lfe' },
  ]);
  expect(stage.latencySamples).toBe(50);
  const halved = (samples: Float32Array) => samples.map((sample) => sample * 10 ** -0.3);
  const expected = [
    later(halved(inputs[0]!), -20),
    halved(inputs[1]!),
    inputs[2]!.map((sample) => -sample),
    later(inputs[3]!, -30),
  ];
  for (const blockFrames of [5000, 4096, 77]) {
    expect(runEffect(stage, inputs, blockFrames)).toEqual(expected);
    stage.reset();
  }
});

test('amount 0, bypass and groups of nothing leave every sample as it is, and say so', async () => {
  const { stage, warnings } = await stageOf([
    { type: 'gain', gainDb: 6, bypass: true },
    { type: 'delay', delaySamples: -9, amount: 0 },
    { type: 'gain', gainDb: 6, group: { names: ['none*'] } },
  ]);
  expect(stage.isIdle).toBe(true);
  expect(stage.latencySamples).toBe(0);
  expect(runEffect(stage, inputs)).toEqual(inputs);
  expect(stage.figures().map(({ entry, idle }) => [entry.id, idle])).toEqual([
    ['gain1', 'bypass'],
    ['delay2', 'amount'],
    ['gain3', 'group'],
  ]);
  expect(warnings.map(({ code, path }) => [code, path])).toEqual([['group-empty', 'scene[2].group']]);
});

test('channels of side chains lie behind the tracks and pass', async () => {
  const { stage } = await stageOf([{ type: 'gain', gainDb: 6 }], new Map([['kick.wav', 2]]));
  expect(stage.inputChannelCount).toBe(6);
  const sides = [noise(5000, 8), noise(5000, 9)];
  expect(runEffect(stage, [...inputs, ...sides]).slice(4)).toEqual(sides);
});

test('what an effect refuses is told with its place in the recipe', async () => {
  const bands = [{ type: 'bell', frequencyHz: 23_000, gainDb: 1 }];
  await expect(
    stageOf([
      { type: 'gain', gainDb: 0 },
      { type: 'eq', bands },
    ]),
  ).rejects.toMatchObject({
    name: 'ConfigError',
    path: 'scene[1].bands[0].frequencyHz',
    message: 'scene[1].bands[0].frequencyHz: found 23000; allowed at 48000 Hz: 22800 or less',
  });
});

test('kind and group of an entry can be asked for without a stage', () => {
  const [gain] = entriesOf({ type: 'gain', group: 'height', gainDb: 1 });
  expect(kindOf(gain!)).toBe('common-gain');
  const onWarning = () => undefined;
  expect(groupOfEntry(gain!, 0, { scene, sampleRateHz: 48000, onWarning }).tracks).toEqual([3]);
});
