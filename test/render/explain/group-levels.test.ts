import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createFoldProcessor } from '../../../src/render/downmix/fold-processor.ts';
import {
  designStereoFold,
  type FoldDown,
  type StereoRule,
} from '../../../src/render/downmix/stereo-rules.ts';
import { explainRender } from '../../../src/render/explain/explain-render.ts';
import { groupLevels } from '../../../src/render/explain/group-levels.ts';
import { createRenderer } from '../../../src/render/renderer.ts';
import { createChain } from '../../../src/dsp/processor-chain.ts';
import type { RenderSettings } from '../../../src/render/render-settings.ts';
import {
  ambisonicScene,
  bedScene,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../../src/scene/make-scene.ts';
import { sceneTracks, type Scene, type SceneElement } from '../../../src/scene/scene.ts';

const objectAt = (id: string, xyz: readonly [number, number, number]): SceneElement => ({
  ...elementDefaults,
  kind: 'object',
  id,
  name: id,
  blocks: [{ ...objectBlockDefaults, position: { kind: 'cartesian', xyz } }],
});
const bed = bedScene(getLayout('7.1.4')).elements[0]!;
const scene = createScene('s', [
  bed,
  objectAt('high', [-0.5, 0.2, 1]),
  objectAt('behind', [0.7, -0.9, 0]),
  objectAt('ahead', [0, 1, 0]),
]);
const labels = ['M+030', 'M-030'];

/**
 * Level of white noise in one track after another, mean power over all outputs against that of the input, in dB, summed
 * over the tracks of each group: what a meter would find on independent signals.
 */
async function measuredLevelDb(
  of: Scene,
  tracks: readonly number[],
  layoutName: string,
  fold: FoldDown | undefined,
  settings: RenderSettings,
) {
  const kernels = await loadKernels();
  const layout = getLayout(layoutName);
  const count = sceneTracks(of).length;
  const sampleRateHz = 48_000;
  const frames = 48_000;
  let power = 0;
  for (const track of tracks) {
    const renderer = createRenderer({
      scene: of,
      format: { kind: 'loudspeakers', layout },
      sampleRateHz,
      kernels,
      settings,
    });
    const processor = fold
      ? createChain(
          renderer,
          createFoldProcessor({
            kernels,
            fold,
            inputCount: layout.loudspeakers.length,
            outputCount: 2,
            sampleRateHz,
          }),
        )
      : renderer;
    const input = createAudioBlock(count, frames);
    const output = createAudioBlock(processor.outputChannelCount, frames);
    let seed = 1 + track;
    let inputPower = 0;
    // Noise in the middle only, so that all of it comes out in spite of latency.
    for (let n = 0; n < 24_000; n++) {
      seed = (seed * 48_271) % 2_147_483_647;
      const sample = seed / 1_073_741_824 - 1;
      input.channels[track]![n] = sample;
      inputPower += sample ** 2;
    }
    processor.process(input, output);
    for (const channel of output.channels)
      power += channel.reduce((sum, sample) => sum + sample ** 2, 0) / inputPower;
  }
  return 10 * Math.log10(power / tracks.length);
}

/** Tracks of the scene's groups, told by hand. */
const members = {
  front: [0, 1, 2],
  side: [4, 5],
  rear: [6, 7],
  height: [8, 9, 10, 11],
  objects: [12, 13, 14],
};

describe('the level of every group is that of the render', () => {
  const trim = {
    automatic: false,
    centreDb: 0,
    surroundDb: -2,
    heightDb: -5,
    overheadFloorBalance: 0.4,
    listenerBalance: -0.3,
  };
  const manual = {
    ...scene,
    delivery: { ...scene.delivery, trims: { '5.1': trim, '5.1.4': trim }, warpMode: 'warping' },
  } as const;
  test.each<[string, Scene, string, Exclude<StereoRule, 'direct'> | undefined, RenderSettings]>([
    ['5.1', scene, '0+5+0', undefined, {}],
    ['5.1 with automatic trims', scene, '0+5+0', undefined, { trims: { trim: 'auto' } }],
    ['5.1.4 with manual trims, balances and warp', manual, '4+5+0', undefined, {}],
    ['stereo lo-ro', scene, '0+5+0', 'lo-ro', {}],
    ['stereo lt-rt', manual, '0+5+0', 'lt-rt', {}],
    ['stereo lt-rt-pl2', manual, '0+5+0', 'lt-rt-pl2', {}],
  ])('%s', async (_, of, layoutName, rule, settings) => {
    const fold = rule && designStereoFold({ rule });
    const tracks = explainRender({
      scene: of,
      format: { kind: 'loudspeakers', layout: getLayout(layoutName) },
      settings,
      fold: fold && { ...fold, labels },
    });
    const levels = groupLevels(of, tracks);
    for (const [group, indices] of Object.entries(members)) {
      const told = levels.find((level) => level.group === group)!;
      const measuredDb = await measuredLevelDb(of, indices, layoutName, fold, settings);
      expect(told.trackCount).toBe(indices.length);
      expect(
        Math.abs(told.mostLevelDb - measuredDb),
        `${group}: ${told.mostLevelDb} told, ${measuredDb} measured`,
      ).toBeLessThan(0.05);
      expect(told.leastLevelDb).toBe(told.mostLevelDb);
    }
  });
});

test('BS.775 from 5.1: front 0, surrounds -3.01, all -0.97 dB', () => {
  // Closed form: the centre arrives twice at 0.7071, so that (3 + 2 / 2) / 5 of the power are left.
  const floor = bedScene(getLayout('5.1'));
  const fold = { ...designStereoFold({ rule: 'bs775' }), labels };
  const format = { kind: 'loudspeakers', layout: getLayout('0+5+0') } as const;
  const levels = groupLevels(floor, explainRender({ scene: floor, format, fold }));
  expect(Object.fromEntries(levels.map(({ group, mostLevelDb }) => [group, mostLevelDb]))).toEqual({
    front: expect.closeTo(0, 2) as number,
    side: expect.closeTo(-3.01, 2) as number,
    LFE: -Infinity,
    all: expect.closeTo(10 * Math.log10(4 / 5), 2) as number,
  });
});

test('ambisonics are a group, and groups without tracks are none', () => {
  const foa = ambisonicScene(1, { normalization: 'SN3D', isHeadLocked: false });
  const tracks = explainRender({ scene: foa, format: { kind: 'loudspeakers', layout: getLayout('7.1.4') } });
  expect(groupLevels(foa, tracks).map(({ group, trackCount }) => [group, trackCount])).toEqual([
    ['ambisonics', 4],
    ['all', 4],
  ]);
  expect(groupLevels(createScene('s', []), [])).toEqual([]);
});
