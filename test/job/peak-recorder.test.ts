import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createPeakRecorder } from '../../src/job/peak-recorder.ts';
import { openScratchReader } from '../../src/job/scratch.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { noise } from '../support.ts';
import { jobFolder } from './scenes.ts';

const scratchDir = jobFolder();
const kernels = await loadKernels();
const frameCount = 9600;
const options = { kernels, sampleRateHz: 48_000, channelCount: 2, frameCount, scratchDir };
const rows = [[0, 1], []];

/** Two sines of a quarter of the rate, whose true peak lies between the samples: 0.5 at every sample, 0.707 between. */
const quarter = Float32Array.from(
  { length: frameCount },
  (_, n) => ([0.5, 0.5, -0.5, -0.5] as const)[n % 4]!,
);

async function record(channels: readonly Float32Array[], blockFrames: number, more: object = {}) {
  const recorder = await createPeakRecorder({ ...options, rows, rangeDb: Infinity, ...more });
  for (let from = 0; from < frameCount; from += blockFrames) {
    const frames = Math.min(blockFrames, frameCount - from);
    await recorder.take({
      channels: channels.map((channel) => channel.subarray(from, from + frames)),
      frameCount: frames,
    });
  }
  const recorded = await recorder.finish();
  const reader = await openScratchReader(recorded.scratch);
  const block = createAudioBlock(recorded.scratch.channelCount, frameCount);
  expect(await reader.read(block)).toBe(frameCount);
  await reader.close();
  return {
    ...recorded,
    peaks: block.channels[0]!,
    others: block.channels[1]!,
    dispose: () => recorder.dispose(),
  };
}

test('the peak between samples stands at the sample before it, and in its bin', async () => {
  const silent = new Float32Array(frameCount);
  const sounding = quarter.map((sample, n) => (n >= 4800 ? sample : 0));
  const { peaks, others, binPeaks, truePeakDbtp, scratch, dispose } = await record([silent, sounding], 1000);
  expect(peaks[7000]).toBeCloseTo(Math.SQRT1_2, 2);
  expect(peaks[4000]).toBeLessThan(0.01);
  expect(truePeakDbtp).toBeGreaterThan(-3.02);
  expect(binPeaks[0]![0]).toBe(0);
  expect(binPeaks[0]![5]).toBeLessThan(0.01);
  expect(binPeaks[0]![15]).toBeCloseTo(Math.SQRT1_2, 2);
  expect(others.every((peak) => peak === 0)).toBe(true);
  expect(binPeaks[1]!.every((peak) => peak === 0)).toBe(true);
  expect(existsSync(scratch.path)).toBe(true);
  await dispose();
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('each row hears its own channels', async () => {
  const half = quarter.map((sample) => sample / 2);
  const recorded = await record([quarter, half], 1000, { rows: [[1], [0]] });
  expect(recorded.peaks[7000]).toBeCloseTo(Math.SQRT1_2 / 2, 2);
  expect(recorded.others[7000]).toBeCloseTo(Math.SQRT1_2, 2);
  expect(recorded.truePeakDbtp).toBeGreaterThan(-3.02);
  await recorded.dispose();
});

test('block size changes nothing that is within the range below the highest peak', async () => {
  const channels = [noise(frameCount, 1, 0.5), noise(frameCount, 2, 0.9)];
  const whole = await record(channels, 20_000);
  for (const blockFrames of [333, 4096]) {
    const cut = await record(channels, blockFrames, { rangeDb: 6 });
    expect(cut.truePeakDbtp).toBe(whole.truePeakDbtp);
    const floor = 10 ** ((whole.truePeakDbtp - 6) / 20);
    for (const [n, peak] of whole.peaks.entries())
      if (peak > floor && cut.peaks[n] !== peak) expect.fail(`frame ${n}: ${cut.peaks[n]} for ${peak}`);
    for (const [n, peak] of cut.peaks.entries()) if (peak > floor) expect(peak).toBe(whole.peaks[n]);
    await cut.dispose();
  }
  await whole.dispose();
});
