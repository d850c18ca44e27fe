import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InternalError } from '../../src/base/errors.ts';
import { hearRenders, type HearTask } from '../../src/job/hear-renders.ts';
import { planTargets } from '../../src/job/plan.ts';
import type { FrameSource } from '../../src/job/pump.ts';
import { removeScratch } from '../../src/job/scratch.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { bedScene } from '../../src/scene/make-scene.ts';
import { jobFolder } from './scenes.ts';

const scratchDir = jobFolder();
const frameCount = 48_000;
const plan = planTargets(
  ['5.1', 'stereo'].map((name) => parseTarget(name)),
  { channelOrder: 'itu', fold: {} },
);
const task: HearTask = {
  ...{ scene: bedScene(getLayout('5.1')), sampleRateHz: 48_000, frameCount, ceilingDbtp: -6 },
  buses: plan.buses.map((bus, index) => ({
    bus,
    renders: plan.targets.filter(({ busIndex }) => busIndex === index),
  })),
  ...{ hrtf: undefined, rendering: undefined, recording: undefined, blockFrames: 1000, progress: undefined },
};

/** A sine of 997 Hz in the left channel, which BS.1770-5 measures as -3.01 LUFS at full scale. */
function sineSource(amplitude: number): FrameSource {
  let position = 0;
  return {
    async read({ channels, frameCount: frames }) {
      for (const channel of channels) channel.fill(0, 0, frames);
      for (let n = 0; n < frames; n++)
        channels[0]![n] = amplitude * Math.sin((2 * Math.PI * 997 * (position + n)) / 48_000);
      position += frames;
      return frames;
    },
  };
}

test('every render is measured, and searched for what is over the ceiling', async () => {
  const [surround, stereo] = await hearRenders(task, sineSource(0.6), {});
  expect([surround!.name, stereo!.name]).toEqual(['5.1', 'stereo']);
  const levelDb = 20 * Math.log10(0.6);
  for (const { figures, overs, peaks } of [surround!, stereo!]) {
    expect(figures.integratedLufs).toBeCloseTo(-3.01 + levelDb, 1);
    expect(figures.truePeakDbtp).toBeCloseTo(levelDb, 1);
    expect(overs.truePeakDbtp).toBeCloseTo(levelDb, 1);
    expect(overs.dips.length).toBeGreaterThan(100);
    expect(peaks).toBeUndefined();
  }
});

test('peaks are recorded instead where they are wanted, and energies add up to the loudness', async () => {
  const heard = await hearRenders({ ...task, recording: { scratchDir, rangeDb: 7 } }, sineSource(0.6), {});
  const [{ peaks, energies, figures, overs }] = heard as [(typeof heard)[number]];
  expect(overs.dips).toEqual([]);
  expect(peaks!.truePeakDbtp).toBeCloseTo(20 * Math.log10(0.6), 2);
  expect(energies).toHaveLength(100);
  const power = energies.slice(50).reduce((sum, energy) => sum + energy, 0) / 24_000;
  expect(-0.691 + 10 * Math.log10(power)).toBeCloseTo(figures.integratedLufs, 1);
  for (const render of heard) await removeScratch(render.peaks!.scratch);
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('a failure leaves no scratch file', async () => {
  const broken: FrameSource = {
    read: async () => {
      throw new InternalError('broken', 'the source is broken');
    },
  };
  const running = hearRenders({ ...task, recording: { scratchDir, rangeDb: 7 } }, broken, {});
  await expect(running).rejects.toThrow('the source is broken');
  expect(readdirSync(scratchDir)).toEqual([]);
});
