import { beforeAll, describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import type { Vec3 } from '../../src/base/coordinates.ts';
import { rationalFromDecimal } from '../../src/base/time.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { composeFolds } from '../../src/render/downmix/compose-folds.ts';
import { createFoldProcessor } from '../../src/render/downmix/fold-processor.ts';
import { planLayout, planStereo, type FoldPlan } from '../../src/render/downmix/fold-plan.ts';
import {
  designStereoFold,
  type FoldDown,
  type StereoFoldOptions,
} from '../../src/render/downmix/stereo-rules.ts';
import { designSurroundFold, type SurroundRule } from '../../src/render/downmix/surround-rules.ts';
import { explainRender } from '../../src/render/explain/explain-render.ts';
import { groupLevels } from '../../src/render/explain/group-levels.ts';
import { createChain } from '../../src/dsp/processor-chain.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import type { RenderSettings } from '../../src/render/render-settings.ts';
import { bedScene, createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type { AudioObject, Bed, ObjectBlock, Scene } from '../../src/scene/scene.ts';
import { noise } from '../support.ts';

/** Fold-downs of whole beds, render and fold together, against published coefficients. */

let kernels: Kernels;
beforeAll(async () => {
  kernels = await loadKernels();
});

/** Gains into every output of an impulse in each channel of a bed [channel][output]. */
function impulsesThrough({ format, fold }: FoldPlan, bedLayout: string, outputCount: number): number[][] {
  const scene = bedScene(getLayout(bedLayout));
  const renderer = createRenderer({ scene, format, sampleRateHz: 48_000, kernels });
  const count = renderer.inputChannelCount;
  const inputCount = renderer.outputChannelCount;
  const processor = fold
    ? createChain(
        renderer,
        createFoldProcessor({ kernels, fold, inputCount, outputCount, sampleRateHz: 48_000 }),
      )
    : renderer;
  const input = createAudioBlock(count, count);
  const output = createAudioBlock(outputCount, count);
  input.channels.forEach((channel, index) => (channel[index] = 1));
  processor.process(input, output);
  return input.channels.map((_, index) => output.channels.map((channel) => channel[index]!));
}

const sources = ['2.0', '5.1', '5.1.2', '5.1.4', '4+5+1', '7.1', '7.1.2', '7.1.4', '10.2', '9.1.6', '22.2'];
const half = Math.SQRT1_2;

/** Where a channel goes in 5.1, L R C LFE Ls Rs; the left of a pair. */
function placeInFive(label: string): number[] {
  if (label.startsWith('LFE')) return [0, 0, 0, 0, 0, 0];
  if (/^(M|U|B)\+000$/.test(label)) return [0, 0, 1, 0, 0, 0];
  if (/180$|^T/.test(label)) return [0, 0, 0, 0, half, half];
  return /(030|045|060)$/.test(label) ? [1, 0, 0, 0, 0, 0] : [0, 0, 0, 0, 1, 0];
}

const mirrored = ([l, r, c, lfe, ls, rs]: number[]): number[] => [r!, l!, c!, lfe!, rs!, ls!];

describe('stereo of every source layout, one impulse a channel', () => {
  type Table = readonly (readonly number[])[];
  /** Into left and right, of L R C LFE Ls Rs. */
  const tables: Record<'lo-ro' | 'bs775' | 'lt-rt' | 'lt-rt-pl2', Table> = {
    'lo-ro': [
      [1, 0, 0.7071, 0, 0.7071, 0],
      [0, 1, 0.7071, 0, 0, 0.7071],
    ],
    bs775: [
      [1, 0, 0.7071, 0, 0.7071, 0],
      [0, 1, 0.7071, 0, 0, 0.7071],
    ],
    'lt-rt': [
      [1, 0, 0.7071, 0, -0.5, -0.5],
      [0, 1, 0.7071, 0, 0.5, 0.5],
    ],
    'lt-rt-pl2': [
      [1, 0, 0.7071, 0, -0.8718, -0.4899],
      [0, 1, 0.7071, 0, 0.4899, 0.8718],
    ],
  };
  const cases = sources.flatMap((source) =>
    (Object.keys(tables) as (keyof typeof tables)[]).map((rule) => [source, rule] as const),
  );
  test.each(cases)('%s by %s', (source, rule) => {
    const plan = planStereo({ fold: { rule, phaseShift: false }, hasDividedBeds: true });
    const gains = impulsesThrough(plan, source, 2);
    getLayout(source).loudspeakers.forEach(({ label }, channel) => {
      const place = placeInFive(label.replace('-', '+'));
      const inFive = label.includes('-') ? mirrored(place) : place;
      const expected = tables[rule].map((row) =>
        row.reduce((sum, gain, input) => sum + gain * inFive[input]!, 0),
      );
      expect(gains[channel], label).toEqual(expected.map((gain) => expect.closeTo(gain, 3) as number));
    });
  });
});

describe('5.1 of every source layout that has sides and rears, one impulse a channel', () => {
  const rears = { 'lo-ro': [1, 0], pl2x: [0.8718, 0.4899] } as const;
  const cases = ['7.1', '7.1.2', '7.1.4'].flatMap((source) =>
    (['lo-ro', 'pl2x'] as const).map((rule) => [source, rule] as const),
  );
  test.each(cases)('%s by %s', (source, rule) => {
    const plan = planLayout(getLayout('5.1'), { fold: {}, surround: rule, hasDividedBeds: true });
    const gains = impulsesThrough(plan, source, 6);
    const placeOf = (label: string): number[] => {
      if (label === 'LFE1') return [0, 0, 0, 1, 0, 0];
      if (label === 'M+000') return [0, 0, 1, 0, 0, 0];
      if (/(030|045)$/.test(label)) return [1, 0, 0, 0, 0, 0];
      return /135$/.test(label) ? [0, 0, 0, 0, ...rears[rule]] : [0, 0, 0, 0, 1, 0];
    };
    getLayout(source).loudspeakers.forEach(({ label }, channel) => {
      const place = placeOf(label.replace('-', '+'));
      const expected = label.includes('-') ? mirrored(place) : place;
      expect(gains[channel], label).toEqual(expected.map((gain) => expect.closeTo(gain, 3) as number));
    });
  });
});

describe('what each rule leaves of independent, equally loud channels of 7.1.4, dB', () => {
  const labels = ['M+030', 'M-030'];
  const scene = bedScene(getLayout('7.1.4'));
  const levelsOf = (of: Scene, layout: string, fold: FoldDown, meetsInFold: boolean) => {
    const format = { kind: 'loudspeakers', layout: getLayout(layout), meetsInFold } as const;
    const levels = groupLevels(of, explainRender({ scene: of, format, fold: { ...fold, labels } }));
    return ['front', 'side', 'rear', 'height', 'all'].map(
      (name) => levels.find(({ group }) => group === name)!.mostLevelDb,
    );
  };
  /** Published to a hundredth, some of them rounded twice. */
  const expectLevels = (levels: readonly number[], expected: readonly number[]): void =>
    levels.forEach((level, index) => {
      if (expected[index] === -Infinity) expect(level).toBe(-Infinity);
      else expect(Math.abs(level - expected[index]!)).toBeLessThan(0.01);
    });

  /** A fold of the floor of 7.1.4 (L R C LFE, sides, rears) without its heights. */
  const floorOnly = ({ matrix }: FoldDown): FoldDown => {
    const padded = new Float64Array(24);
    padded.set(matrix.subarray(0, 8), 0);
    padded.set(matrix.subarray(8), 12);
    return { matrix: padded, quadrature: undefined };
  };
  const bs775 = designStereoFold({ rule: 'bs775' });

  test('BS.775 of the floor of 7.1, heights dropped', () => {
    const seven = composeFolds(designSurroundFold(getLayout('5.1'), 'lo-ro')!.fold, bs775, 6);
    expectLevels(levelsOf(scene, '7.1.4', floorOnly(seven), false), [0, -3.01, -3.01, -Infinity, -3.42]);
  });

  // AOMediaCodec iamf-tools: alpha, beta and delta of the down-mixing modes, and 0.707 for the centre.
  test.each([
    [1, 1, 1, Math.SQRT1_2, [0, -3.01, -3.01, -Infinity, -3.43]],
    [2, Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, [0, -6.02, -6.02, -Infinity, -4.39]],
    [3, 1, 0.866, 0.866, [0, -1.25, -2.5, -Infinity, -2.91]],
  ])('IAMF mode %d', (_, alpha, beta, delta, expected) => {
    const side = (own: number) => [own, 0, Math.SQRT1_2, 0, delta * alpha, 0, delta * beta, 0];
    const [left, right] = [side(1), side(1)];
    const mirroredRight = [right[1]!, right[0]!, right[2]!, 0, right[5]!, right[4]!, right[7]!, right[6]!];
    const matrix = Float64Array.from([...left, ...mirroredRight]);
    expectLevels(levelsOf(scene, '7.1.4', floorOnly({ matrix, quadrature: undefined }), false), expected);
  });

  test('heights at 0 dB to the floor below them, then BS.775: what stereo is folded by', () => {
    expectLevels(levelsOf(scene, '5.1', bs775, true), [0, -3.01, -3.01, -1.25, -1.38]);
  });

  test('heights at -3 dB to the floor below them, then BS.775', () => {
    const bed = scene.elements[0] as Bed;
    const channels = bed.channels.map((channel) =>
      channel.label.startsWith('U') ? { ...channel, gainDb: -3.0103 } : channel,
    );
    const lowered = { ...scene, elements: [{ ...bed, channels }] };
    // The levels are those of the render; the group's tracks come in at full level.
    expectLevels(levelsOf(lowered, '5.1', bs775, true), [0, -3.01, -3.01, -4.26, -2.28]);
  });
});

describe('the energy of every group is that of the render, within 0.05 dB', () => {
  const at = (xyz: Vec3, more: Partial<ObjectBlock> = {}): ObjectBlock => ({
    ...objectBlockDefaults,
    position: { kind: 'cartesian', xyz },
    ...more,
  });
  const objectOf = (id: string, blocks: readonly ObjectBlock[], more: Partial<AudioObject> = {}) =>
    ({ ...elementDefaults, kind: 'object', id, name: id, blocks, ...more }) as const;
  const blockSec = rationalFromDecimal(0.25);
  /** Stands in three places, a quarter of a second each. */
  const moving = [at([-1, 0.4, 0]), at([0.3, -1, 0.5]), at([0, 1, 0], { gainDb: -4 })].map(
    (block, index): ObjectBlock => ({
      ...block,
      startSec: rationalFromDecimal(index / 4),
      durationSec: blockSec,
      jumpPosition: true,
      interpolationLengthSec: rationalFromDecimal(0),
    }),
  );
  const trim = {
    automatic: false,
    centreDb: -1,
    surroundDb: -2,
    heightDb: -5,
    overheadFloorBalance: 0.4,
    listenerBalance: -0.3,
  };
  const plain = createScene('s', [
    ...bedScene(getLayout('7.1.4')).elements,
    objectOf('moving', moving),
    objectOf('high', [at([-0.5, 0.2, 1])]),
    objectOf('behind', [at([0.7, -0.9, 0])], { gainDb: -3 }),
    objectOf('free', [at([0.7, -0.9, 0])], { trimBypass: true }),
  ]);
  const scene: Scene = {
    ...plain,
    delivery: { ...plain.delivery, trims: { '5.1': trim, '5.1.4': trim, '2.0': trim } },
  };
  const members = {
    front: [0, 1, 2],
    side: [4, 5],
    rear: [6, 7],
    height: [8, 9, 10, 11],
    objects: [12, 13, 14, 15],
  };
  const sampleRateHz = 48_000;
  const blockFrames = 12_000;
  /** Frames at both ends of a block that a filter may smear. */
  const margin = 2_000;

  /** Power of white noise in one track, in all outputs against its own, in each quarter of a second. */
  function createMeasure({ format, fold }: FoldPlan, settings: RenderSettings, outputCount: number) {
    const renderer = createRenderer({ scene, format, sampleRateHz, kernels, settings });
    const inputCount = renderer.outputChannelCount;
    const processor = fold
      ? createChain(renderer, createFoldProcessor({ kernels, fold, inputCount, outputCount, sampleRateHz }))
      : renderer;
    const frames = 3 * blockFrames + processor.latencySamples;
    return (track: number): number[] => {
      const input = createAudioBlock(renderer.inputChannelCount, frames);
      const output = createAudioBlock(outputCount, frames);
      const samples = input.channels[track]!;
      samples.set(noise(3 * blockFrames, track + 1));
      processor.reset();
      processor.process(input, output);
      return [0, 1, 2].map((block) => {
        const from = block * blockFrames + margin;
        const powerOf = (channel: Float32Array, start: number): number => {
          let power = 0;
          for (let n = start; n < start + blockFrames - 2 * margin; n++) power += channel[n]! ** 2;
          return power;
        };
        const start = from + processor.latencySamples;
        const total = output.channels.reduce((sum, channel) => sum + powerOf(channel, start), 0);
        return total / powerOf(samples, from);
      });
    };
  }

  const five = getLayout('5.1');
  const auto: RenderSettings = { trims: { trim: 'auto' } };
  const warped: RenderSettings = { trims: { surround: 'room-balance' } };
  const stereo = (fold: StereoFoldOptions, surround: SurroundRule) =>
    planStereo({ fold, surround, hasDividedBeds: true });
  test.each<[string, FoldPlan, RenderSettings]>([
    ['5.1 with automatic trims', planLayout(five, { fold: {} }), auto],
    ['5.1.4, manual trims and warp', planLayout(getLayout('5.1.4'), { fold: {} }), warped],
    ['5.1 by Pro Logic IIx', planLayout(five, { fold: {}, surround: 'pl2x' }), {}],
    ['5.1.4 by Lo/Ro', planLayout(getLayout('5.1.4'), { fold: {}, surround: 'lo-ro' }), auto],
    ['Lo/Ro, turned, with warp', stereo({ phaseShift: true }, 'room-balance'), warped],
    ['Lt/Rt of Lo/Ro', stereo({ rule: 'lt-rt' }, 'lo-ro'), {}],
    ['Pro Logic II of Pro Logic IIx', stereo({ rule: 'lt-rt-pl2' }, 'pl2x'), auto],
    ['direct stereo', stereo({ rule: 'direct' }, 'direct'), {}],
    ['mono', planLayout(getLayout('mono'), { fold: {}, hasDividedBeds: true }), {}],
  ])('%s', (_, plan, settings) => {
    const { format, fold } = plan;
    const outputCount = fold
      ? fold.matrix.length / format.layout.loudspeakers.length
      : format.layout.loudspeakers.length;
    const labels = Array.from({ length: outputCount }, (__, output) => String(output));
    const tracks = explainRender({ scene, format, settings, fold: fold && { ...fold, labels } });
    const told = groupLevels(scene, tracks);
    const measure = createMeasure(plan, settings, outputCount);
    for (const [group, indices] of Object.entries(members)) {
      const powers = indices.map(measure);
      const meanDb = (pick: (...values: number[]) => number): number =>
        10 * Math.log10(powers.reduce((sum, blocks) => sum + pick(...blocks), 0) / indices.length);
      const { leastLevelDb, mostLevelDb } = told.find((level) => level.group === group)!;
      expect(Math.abs(leastLevelDb - meanDb(Math.min)), `${group}, least`).toBeLessThan(0.05);
      expect(Math.abs(mostLevelDb - meanDb(Math.max)), `${group}, most`).toBeLessThan(0.05);
    }
  });
});
