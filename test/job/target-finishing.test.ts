import { expect, test } from 'vitest';
import type { AudioBlock } from '../../src/base/audio-block.ts';
import { planTargets } from '../../src/job/plan.ts';
import { finishingTap, planFinishing } from '../../src/job/target-finishing.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { resolveTargetSettings, type TargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();

function planOf(name: string, settings: Partial<TargetSettings>, frameCount = 1000) {
  const target = parseTarget(name);
  const [planned] = planTargets([target], { channelOrder: 'film', fold: {} }).targets;
  return planFinishing(planned!, { ...resolveTargetSettings(target), ...settings }, frameCount, 48000);
}

test('lengths are those at the rate of the deliverable', () => {
  const { edit, equalizer } = planOf(
    'stereo',
    { sampleRateHz: 96000, trimHead: { durationSec: 0.001 }, fadeIn: { durationSamples: 7 } },
    4800,
  );
  expect(edit).toMatchObject({ headFrames: 96, frameCount: 9504, fadeIn: { frameCount: 7 } });
  expect(equalizer).toBeUndefined();
});

test('channels are named by their labels, whatever their order in the file', () => {
  const band = { type: 'lowpass', frequencyHz: 120, channels: ['LFE1'] } as const;
  const { equalizer } = planOf('5.1', { eq: [band] });
  expect(equalizer!.map(([section]) => section!.b0 === 1)).toEqual([true, true, true, false, true, true]);
  const harmonic = { type: 'bell', frequencyHz: 500, gainDb: 3, channels: ['M+030'] } as const;
  expect(() => planOf('ambix1', { eq: [harmonic] })).toThrow(
    /^ambix1: eq\[0\]\.channels\[0\]: found "M\+030"/,
  );
});

test('the head is heard by the filters, then cut off; then the fades; the same in blocks of any size', async () => {
  const finishing = planOf('stereo', {
    dcRemoval: true,
    trimHead: { durationSamples: 600 },
    trimTail: { durationSamples: 100 },
    fadeOut: { durationSamples: 50, curve: 'linear' },
  });
  const inputs = [noise(1000, 1), noise(1000, 2)];
  const run = async (size: number): Promise<number[]> => {
    const seen: number[] = [];
    const end = {
      take: (block: AudioBlock) => void seen.push(...block.channels[1]!.subarray(0, block.frameCount)),
    };
    const tap = finishingTap(finishing, 2, kernels, end);
    for (let from = 0; from < 1000; from += size) {
      const channels = inputs.map((input) => input.slice(from, from + size));
      await tap.take({ channels, frameCount: channels[0]!.length });
    }
    return seen;
  };
  const whole = await run(1000);
  expect(whole).toHaveLength(300);
  expect(whole[299]).toBe(0);
  for (const size of [1, 7, 333]) expect(await run(size)).toEqual(whole);

  const filtered: number[] = [];
  const plain = planOf('stereo', { dcRemoval: true });
  await finishingTap(plain, 2, kernels, {
    take: (block) => void filtered.push(...block.channels[1]!.subarray(0, block.frameCount)),
  }).take({ channels: inputs, frameCount: 1000 });
  expect(whole.slice(0, 250)).toEqual(filtered.slice(600, 850));
});

test('where nothing is to be done, the tap is the one that was given', () => {
  const end = { take: () => undefined };
  expect(finishingTap(planOf('stereo', {}), 2, kernels, end)).toBe(end);
});
