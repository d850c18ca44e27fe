import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { runPass } from '../../src/job/master-pass.ts';
import type { ProgrammeFiles } from '../../src/job/programme-files.ts';
import { createScratch } from '../../src/job/scratch.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { resolveTargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { bursts } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const frameCount = 96_000;

test('a pass gives figures of the finished samples, and files that wait for their names', async () => {
  const kernels = await loadKernels();
  const scratch = await createScratch(folder, { channelCount: 2, frameCount });
  const block = createAudioBlock(2, frameCount);
  for (const [channel, samples] of block.channels.entries()) {
    samples.set(Float32Array.from({ length: frameCount }, (_, n) => bursts(channel + 1, 0.8)(n)));
  }
  await scratch.write(block);
  await scratch.close();
  const outFile = join(folder, 'pass.wav');
  const task = {
    target: 'stereo',
    settings: resolveTargetSettings(parseTarget('stereo')),
    maxReductionDb: undefined,
    layout: getLayout('0+2+0'),
    measuredOn: undefined,
    overwrite: false,
    channelMask: 3,
    fileChannels: [0, 1],
    blockFrames: undefined,
    scratch: scratch.description,
    sampleRateHz: 48_000,
    unlimited: { blockPowers: new Float64Array(17), truePeakDbtp: 0 },
    outFile,
    tracks: undefined,
  };
  const open = new Set<ProgrammeFiles>();
  const loud = await runPass(task, { gainDb: 4 }, [], kernels, {}, open);
  expect(loud.result.maxReductionDb).toBeGreaterThan(2);
  expect(loud.result.truePeakDbtp).toBeLessThanOrEqual(-1);
  expect(loud.result.blockPowers).toHaveLength(17);
  expect(loud.limiter!.groups.map(({ name }) => name)).toEqual(['all']);
  const quiet = await runPass(task, { gainDb: -20 }, [], kernels, {}, open);
  expect(quiet.result.maxReductionDb).toBe(0);
  expect(quiet.limiter).toBeUndefined();
  expect(quiet.result.integratedLufs).toBeLessThan(loud.result.integratedLufs - 15);
  expect([...open]).toEqual([loud.files, quiet.files]);
  expect(readdirSync(folder).includes('pass.wav')).toBe(false);
  await loud.files.abort();
  await quiet.files.finish();
  expect(readdirSync(folder).filter((name) => name.includes('pass.wav'))).toEqual(['pass.wav']);
});
