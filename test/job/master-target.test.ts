import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import type { ProgrammeTask } from '../../src/job/master-pass.ts';
import { masterTarget, type MasterTask } from '../../src/job/master-target.ts';
import { createScratch } from '../../src/job/scratch.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { resolveTargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { bursts, sine, type Signal } from '../cli/cli-support.ts';
import { oversampledPeakDbtp, readPlainWav } from '../cli/outside-tools.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const frameCount = 48_000;

/** Figures of a steady second of a loudness. */
const figures = (integratedLufs: number, truePeakDbtp: number) => ({
  blockPowers: new Float64Array(7).fill(10 ** ((integratedLufs + 0.691) / 10)),
  truePeakDbtp,
});

/** A task over a scratch file that holds these signals. */
async function taskOf(
  target: string,
  signals: readonly Signal[],
  unlimited: ProgrammeTask['unlimited'],
  changes: Partial<MasterTask> & Partial<ProgrammeTask> = {},
): Promise<MasterTask> {
  const channelCount = signals.length;
  const scratch = await createScratch(folder, { channelCount, frameCount });
  const block = createAudioBlock(channelCount, frameCount);
  signals.forEach((signal, index) =>
    block.channels[index]!.set(Float32Array.from({ length: frameCount }, (_, f) => signal(f))),
  );
  await scratch.write(block);
  await scratch.close();
  const isAmbisonic = target.startsWith('ambix');
  return {
    target,
    settings: resolveTargetSettings(parseTarget(target), undefined, {}),
    maxReductionDb: undefined,
    layout: isAmbisonic ? undefined : getLayout('0+2+0'),
    measuredOn: undefined,
    programmes: [
      {
        scratch: scratch.description,
        sampleRateHz: 48000,
        unlimited,
        outFile: changes.outFile ?? join(folder, `${target}.wav`),
        tracks: changes.tracks,
      },
    ],
    overwrite: true,
    channelMask: isAmbisonic ? 0 : 3,
    fileChannels: signals.map((_, index) => index),
    blockFrames: undefined,
    ...changes,
  };
}

const masterOne = async (task: MasterTask) => (await masterTarget(task, {}))[0]!;
const fileOf = (task: MasterTask): string => task.programmes[0]!.outFile;

test('a tone is brought to its loudness by gain alone', async () => {
  const tones = [sine(997, 0.1), sine(997, 0.1)];
  const task = await taskOf('stereo', tones, figures(-20, -20));
  const mastered = await masterOne(task);
  expect(mastered.loudness!.integratedLufs).toBeCloseTo(-14, 1);
  expect(mastered.solution).toMatchObject({ status: 'met', passCount: 1, missedByLu: 0 });
  expect(mastered.solution.gainDb).toBeCloseTo(6, 1);
  expect(mastered.solution.result.maxReductionDb).toBe(0);
  expect(mastered.truePeakDbtp).toBeCloseTo(-14, 1);
  expect(mastered.sha256).toBe(
    createHash('sha256')
      .update(readFileSync(fileOf(task)))
      .digest('hex'),
  );
});

test('peaks are limited to the ceiling, read 32 times oversampled', async () => {
  const drums = [bursts(1, 0.5), bursts(2, 0.5)];
  const task = await taskOf('stereo', drums, figures(-22, -5));
  const { solution } = await masterOne(task);
  expect(solution.result.maxReductionDb).toBeGreaterThan(1);
  expect(oversampledPeakDbtp(readPlainWav(fileOf(task)).channels)).toBeLessThanOrEqual(-1);
});

test('ambisonics get one gain for all channels, and their decodes count', async () => {
  const field = [sine(997, 0.5), sine(997, 0.25), sine(997, 0.125), () => 0];
  const task = await taskOf('ambix1', field, figures(-Infinity, 3));
  const { solution, loudness } = await masterOne(task);
  expect(loudness).toBeUndefined();
  expect(solution.gainDb).toBeCloseTo(-4, 1);
  const [w, y] = readPlainWav(fileOf(task)).channels as [Float64Array, Float64Array];
  const largest = (signal: Float64Array): number => signal.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  expect(largest(w) / largest(y)).toBeCloseTo(2, 3);
  expect(20 * Math.log10(largest(w))).toBeCloseTo(-6.02 - 4, 1);
});

test('files have their channels in the order that is asked', async () => {
  const task = await taskOf('stereo', [sine(997, 0.2), () => 0], figures(-17, -14), {
    fileChannels: [1, 0],
  });
  await masterOne(task);
  const [first, second] = readPlainWav(fileOf(task)).channels as [Float64Array, Float64Array];
  expect(first.every((x) => Math.abs(x) < 1e-6)).toBe(true);
  expect(second.some((x) => Math.abs(x) > 0.1)).toBe(true);
});

test('tracks are the programme cut in pieces, each with its own figures', async () => {
  const signals = [sine(997, 0.1), bursts(3, 0.9)];
  const unlimited = figures(-20, -1.5);
  const whole = await taskOf('stereo', signals, unlimited, { outFile: join(folder, 'whole.wav') });
  const uncut = await masterOne(whole);
  const lengths = [12_345, 1, 48_000 - 12_346];
  let startFrame = 0;
  const tracks = lengths.map((frames, index) => {
    startFrame += frames;
    return { outFile: join(folder, `t${index}.wav`), startFrame: startFrame - frames, frameCount: frames };
  });
  const cut = await masterOne({ ...whole, programmes: [{ ...whole.programmes[0]!, tracks }] });
  const pieces = tracks.map(({ outFile }) => readPlainWav(outFile).channels);
  for (const [channel, samples] of readPlainWav(join(folder, 'whole.wav')).channels.entries()) {
    const joined = pieces.flatMap((piece) => [...piece[channel]!]);
    expect(joined).toHaveLength(samples.length);
    expect(joined.every((sample, n) => sample === samples[n])).toBe(true);
  }
  expect(cut.solution).toEqual(uncut.solution);
  expect(cut.loudness).toEqual(uncut.loudness);
  expect(cut.tracks).toHaveLength(3);
  for (const [index, { sha256, samplePeakDbfs }] of cut.tracks.entries()) {
    expect(sha256).toBe(createHash('sha256').update(readFileSync(tracks[index]!.outFile)).digest('hex'));
    const largest = Math.max(...pieces[index]!.flatMap((channel) => [...channel].map(Math.abs)));
    expect(samplePeakDbfs).toBeCloseTo(20 * Math.log10(largest), 4);
  }
  expect(cut.tracks[1]!.loudness!.integratedLufs).toBe(-Infinity);
});

describe('failures leave no file', () => {
  test('stopped in the middle', async () => {
    const outFile = join(folder, 'stopped.wav');
    const tones = [sine(997, 0.1), sine(997, 0.1)];
    const task = await taskOf('stereo', tones, figures(-20, -20), { outFile });
    const signal = { aborted: false };
    const onProgress = (): void => void (signal.aborted = true);
    const running = masterTarget({ ...task, blockFrames: 512 }, { signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(outFile)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  test('a file that cannot be written takes the others of its target along', async () => {
    const tones = [sine(997, 0.1), sine(997, 0.1)];
    const task = await taskOf('stereo', tones, figures(-20, -20), { overwrite: false });
    const [programme] = task.programmes;
    const programmes = ['first.wav', 'no folder/second.wav'].map((name) => ({
      ...programme!,
      outFile: join(folder, name),
    }));
    const running = masterTarget({ ...task, programmes }, {});
    await expect(running).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readdirSync(folder).filter((name) => name.includes('first'))).toEqual([]);
  });
});
