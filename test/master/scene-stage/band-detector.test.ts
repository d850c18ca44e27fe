import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createBandDetector, planBandHearing } from '../../../src/master/scene-stage/band-detector.ts';
import type { DetectorSettings } from '../../../src/master/scene-stage/detector-schema.ts';

const kernels = await loadKernels();
/** Two bed channels, an ambisonic element of two channels here, and an LFE. */
const units = [
  { name: 'L', members: [0], isApart: false },
  { name: 'A', members: [1, 2], isApart: false },
  { name: 'LFE', members: [3], isApart: true },
];

describe('who is heard', () => {
  test('linked: the kernel hears the group, the LFE and W alone', () => {
    const hearing = planBandHearing({ mode: 'group-max' }, units);
    expect(hearing.detectorOfMember).toEqual([0, 0, -1, 1]);
    expect(hearing.sharesOf(1, 0, 2)).toEqual([{ row: 1, share: 1 }]);
    expect(hearing.sharesOf(1, 2, 2)).toEqual([{ row: 3, share: 1 }]);
  });

  test('linked in part: units first, the group of them', () => {
    const hearing = planBandHearing({ mode: 'group-sum', linkPercent: 25 }, units);
    expect(hearing.detectorOfMember).toEqual([0, 1, -1, 2]);
    expect(hearing.sharesOf(0, 1, 2)).toEqual([
      { row: 0, share: 0.25 },
      { row: 4, share: 0.75 },
    ]);
  });

  test('a render is no member', () => {
    expect(planBandHearing({ mode: 'render' }, units).detectorOfMember).toEqual([-1, -1, -1, 0]);
    expect(planBandHearing({ mode: 'own' }, units).hasGroup).toBe(false);
  });
});

test.each([
  ['group-sum', 100, 1 + 0.25 * 4],
  ['group-sum', 50, 1 + 0.25 * 4],
  ['group-max', 100, 1],
  ['group-max', 50, 1],
  ['render', 100, 7],
] as const)(
  '%s, link %d %%: power of the group, weights squared, late rows aligned',
  (mode, linkPercent, wanted) => {
    const settings: DetectorSettings = { mode, linkPercent };
    const hearing = planBandHearing(settings, units);
    const kernel = kernels.createBandSplit({
      crossovers: [{ gain: 1, a1: 0, a2: 0 }],
      combination: mode === 'group-max' ? 'max' : 'sum',
      detectorOfChannel: hearing.detectorOfMember,
      gainSetOfChannel: [0, 0, 0, 0],
    });
    const detector = createBandDetector({
      ...{ kernel, splitLatencySamples: 0, hearing, units, mode },
      weights: {
        constants: [1, 0.5, 1],
        rows: units.map(() => new Float32Array(0)),
        fill: () => undefined,
        reset: () => undefined,
      },
      outside:
        mode === 'render'
          ? {
              latencySamples: 2,
              listen: () => undefined,
              power: (_, frameCount, output) => void output.fill(7, 0, frameCount),
              reset: () => undefined,
            }
          : undefined,
    });
    const samples = [1, 2, 9, 3].map((level) => new Float32Array(8).fill(level));
    kernel.load(0, samples, 8);
    kernel.load(1, samples, 8);
    detector.listen(createAudioBlock(4, 8));
    expect(detector.powers[0]![7]).toBe(wanted);
    const lfe = detector.powers[hearing.sharesOf(1, 2, 2)[0]!.row]!;
    expect(lfe[7]).toBe(9);
    expect(detector.latencySamples).toBe(mode === 'render' ? 2 : 0);
    expect(lfe[1]).toBe(mode === 'render' ? 0 : 9);
  },
);
