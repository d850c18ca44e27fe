import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Overview } from '../../../src/audition/protocol/session.ts';
import {
  ambisonicFilters,
  filterShape,
  loudspeakerFilters,
} from '../../../src/audition/server/hrtf-filters.ts';
import { measureOverview } from '../../../src/audition/server/measure-overview.ts';
import { probeSource, type SourcePlan } from '../../../src/audition/server/source-plan.ts';
import { openSource } from '../../../src/audition/server/source-reader.ts';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import type { Kernels } from '../../../src/kernels/kernels.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createLoudnessMeter } from '../../../src/meter/loudness-meter.ts';
import { sine, temporaryFolder, whiteNoise, writeSmallScene, writeWav } from '../../cli/cli-support.ts';

const folder = temporaryFolder();
let kernels: Kernels;
let hrtf: HrtfSet;
beforeAll(async () => {
  kernels = await loadKernels();
  hrtf = await loadDefaultHrtf(48000);
});

async function measure(file: string): Promise<{ overview: Overview; plan: SourcePlan }> {
  const { plan } = await probeSource(file, { kernels });
  const reader = await openSource(plan, 48000, kernels);
  const overview = await measureOverview({ plan, reader, sampleRateHz: 48000, kernels, hrtf });
  await reader.close();
  return { overview, plan };
}

/** Loudness of what two ears hear of a file through [channel][ear][tap] filters, by plain convolution. */
async function heardLufs(
  plan: SourcePlan,
  filterOf: (channel: number, ear: number) => Float32Array,
): Promise<number> {
  const reader = await openSource(plan, 48000, kernels);
  const input = createAudioBlock(reader.channelCount, reader.frameCount);
  await reader.read(input);
  await reader.close();
  const ears = createAudioBlock(2, reader.frameCount);
  ears.channels.forEach((output, ear) =>
    input.channels.forEach((samples, channel) => {
      const filter = filterOf(channel, ear);
      for (let tap = 0; tap < filter.length; tap++) {
        const gain = filter[tap]!;
        if (gain !== 0) for (let n = tap; n < output.length; n++) output[n]! += gain * samples[n - tap]!;
      }
    }),
  );
  const meter = createLoudnessMeter({ kernels, sampleRateHz: 48000, layout: getLayout('0+2+0') });
  meter.process(ears);
  return meter.result().integratedLufs;
}

test('EBU Tech 3341, case 1: a stereo sine of -23 dBFS has -23 LUFS, in every curve', async () => {
  const file = join(folder, 'tech.wav');
  const amplitude = 10 ** (-23 / 20);
  writeWav(file, [sine(1000, amplitude), sine(1000, amplitude)], 5 * 48_000, { float: true });
  const { overview } = await measure(file);
  expect(overview.integratedLufs).toBeCloseTo(-23, 1);
  expect(overview.heardLufs).toBe(overview.integratedLufs);
  expect(overview.truePeakDbtp).toBeCloseTo(-23, 1);
  expect(overview.heardTruePeakDbtp).toBe(overview.truePeakDbtp);
  expect(overview.curveStepSec).toBe(0.1);
  for (const curve of [overview.momentaryLufs, overview.shortTermLufs, overview.integratedCurveLufs]) {
    expect(curve).toHaveLength(50);
    expect(curve[49]).toBeCloseTo(-23, 1);
  }
  // Gating blocks last 400 ms: before the first has ended there is no integrated loudness.
  expect(overview.integratedCurveLufs.slice(0, 4)).toEqual([null, null, null, expect.any(Number)]);
  expect(overview.peakStepFrames).toBe(60);
  expect(overview.peaks).toHaveLength(8000);
  expect(Math.max(...overview.peaks)).toBe(Math.round(127 * amplitude));
});

test('silence has no loudness', async () => {
  const file = join(folder, 'silence.wav');
  writeWav(file, [() => 0, () => 0], 24_000);
  expect((await measure(file)).overview).toMatchObject({
    integratedLufs: null,
    heardLufs: null,
    truePeakDbtp: null,
  });
});

test('a bed is heard as the filters of the page make it, within a hundredth', async () => {
  const file = join(folder, 'bed.wav');
  const signals = Array.from({ length: 6 }, (_, channel) => whiteNoise(channel + 1, 0.1));
  writeWav(file, signals, 36_000, { channelMask: 0x60f });
  const { overview, plan } = await measure(file);
  const filters = loudspeakerFilters(plan.scene, hrtf, kernels);
  const { loudspeakerTapCount: taps } = filterShape(hrtf);
  const expected = await heardLufs(plan, (channel, ear) =>
    filters.subarray((2 * channel + ear) * taps, (2 * channel + ear + 1) * taps),
  );
  expect(Math.abs(overview.heardLufs! - expected)).toBeLessThan(0.01);
});

test('and so are ambisonics, whose own loudness is that of a decode', async () => {
  const file = join(folder, 'a.ambix1.wav');
  writeWav(
    file,
    Array.from({ length: 4 }, (_, channel) => whiteNoise(channel + 1, 0.1)),
    36_000,
  );
  const { overview, plan } = await measure(file);
  const filters = ambisonicFilters(1, hrtf);
  const { ambisonicTapCount: taps } = filterShape(hrtf);
  const expected = await heardLufs(plan, (channel, ear) =>
    filters.subarray((4 * ear + channel) * taps, (4 * ear + channel + 1) * taps),
  );
  expect(Math.abs(overview.heardLufs! - expected)).toBeLessThan(0.01);
  expect(overview.integratedLufs).not.toBe(overview.heardLufs);
});

test('a scene is measured on its render, and heard through third order', async () => {
  const { overview } = await measure(writeSmallScene(folder, 1));
  expect(overview.heardLufs).toBeGreaterThan(-30);
  expect(overview.integratedLufs).toBeGreaterThan(-30);
  expect(overview.momentaryLufs).toHaveLength(10);
});

test('what a scene keeps from the HRTF is heard as it is', async () => {
  const amplitude = 10 ** (-23 / 20);
  writeWav(join(folder, 'pair.wav'), [sine(1000, amplitude), sine(1000, amplitude)], 48_000, { float: true });
  const bed = { name: 'music', layout: '0+2+0', file: 'pair.wav', binauralMode: 'off' };
  const file = join(folder, 'pair.scene.json');
  writeFileSync(file, JSON.stringify({ version: 1, name: 'pair', beds: [bed] }));
  const { overview } = await measure(file);
  expect(overview.heardLufs).toBeCloseTo(-23, 1);
});
