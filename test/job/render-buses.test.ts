import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock, type AudioBlock } from '../../src/base/audio-block.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { planTargets } from '../../src/job/plan.ts';
import { renderBuses, type RenderTask } from '../../src/job/render-buses.ts';
import { openScratchReader } from '../../src/job/scratch.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import { sine } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const scratchDir = jobFolder();
const frameCount = 24_000;
const tone = sine(997, 0.5);
const scene = createScene('centre', [
  {
    ...elementDefaults,
    kind: 'object',
    id: 'o',
    name: 'o',
    blocks: [objectBlockDefaults],
    extras: {},
  } as never,
]);

const hrtf = await loadDefaultHrtf(48000);

function taskOf(names: readonly string[], folder = scratchDir): RenderTask {
  const plan = planTargets(
    names.map((name) => parseTarget(name)),
    { channelOrder: 'wav', fold: {} },
  );
  const buses = plan.buses.map((bus, index) => ({
    bus,
    targets: plan.targets.filter(({ busIndex }) => busIndex === index),
    isMeasured: index === 0,
  }));
  return {
    scene,
    sampleRateHz: 48000,
    deliveryRatesHz: {},
    startFrame: 0,
    frameCount,
    buses,
    scratchDir: folder,
    blockFrames: 1000,
    rendering: undefined,
    hrtf,
    reportsProgress: true,
  };
}

function source() {
  let position = 0;
  return {
    async read(block: AudioBlock): Promise<number> {
      const count = Math.min(block.frameCount, frameCount - position);
      for (let frame = 0; frame < count; frame++) block.channels[0]![frame] = tone(position + frame);
      position += count;
      return count;
    },
  };
}

test('each target lies at unity gain in its scratch file, folded from its bus', async () => {
  const { targets, reRender } = await renderBuses(taskOf(['5.1', 'stereo']), source(), {});
  expect(targets.map(({ target }) => target)).toEqual(['5.1', 'stereo']);
  const [bed, stereo] = await Promise.all(
    targets.map(async ({ scratch }) => {
      const reader = await openScratchReader(scratch);
      const block = createAudioBlock(scratch.channelCount, frameCount);
      expect(await reader.read(block)).toBe(frameCount);
      await reader.close();
      return block.channels;
    }),
  );
  for (const frame of [10, 11_111]) {
    expect(bed![2]![frame]).toBeCloseTo(tone(frame), 6);
    expect(bed![0]![frame]).toBe(0);
    expect(stereo![0]![frame]).toBeCloseTo(Math.SQRT1_2 * tone(frame), 3);
    expect(stereo![1]![frame]).toBe(stereo![0]![frame]);
  }
  // 997 Hz of 0.5 in one channel: -3.01 - 6.02.
  expect(integratedLoudnessLufs(targets[0]!.unlimited.blockPowers)).toBeCloseTo(-9.03, 1);
  expect(reRender!.integratedLufs).toBeCloseTo(-9.03, 1);
});

test('a source that fails leaves no scratch file', async () => {
  const folder = join(scratchDir, 'failing');
  mkdirSync(folder);
  const broken = { read: () => Promise.reject(new Error('disk')) };
  await expect(renderBuses(taskOf(['5.1', 'ambix1'], folder), broken, {})).rejects.toThrow('disk');
  expect(readdirSync(folder)).toEqual([]);
});

test('a target of another rate lies in its scratch file at that rate, and is measured so', async () => {
  const task = { ...taskOf(['5.1', '0+2+0', 'ambix1']), deliveryRatesHz: { '0+2+0': 44100, ambix1: 96000 } };
  const { targets } = await renderBuses(task, source(), {});
  expect(targets.map(({ scratch }) => scratch.frameCount)).toEqual([24_000, 22_050, 48_000]);
  const [, stereo, ambix] = targets;
  for (const [{ scratch }, amplitude, rateHz] of [
    [stereo!, 0.5 * Math.SQRT1_2, 44100],
    [ambix!, 0.5, 96000],
  ] as const) {
    const reader = await openScratchReader(scratch);
    const block = createAudioBlock(scratch.channelCount, rateHz / 2);
    expect(await reader.read(block)).toBe(rateHz / 2);
    await reader.close();
    const atRate = sine(997, amplitude, rateHz);
    for (let n = 500; n < rateHz / 2 - 500; n++) {
      expect(Math.abs(block.channels[0]![n]! - atRate(n))).toBeLessThan(1e-6);
    }
  }
  expect(stereo!.unlimited.truePeakDbtp).toBeCloseTo(-9.03, 1);
});
