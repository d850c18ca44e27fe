import { expect, test } from 'vitest';
import { createAudioBlock, type AudioBlock } from '../../src/base/audio-block.ts';
import { createReRenderOverTap, createReRenderTap, programmeFigures } from '../../src/job/re-render.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import type { Layout } from '../../src/layouts/layout.ts';

/** A second of a sine of 997 Hz in channels of a layout. */
function toneBlock(layout: Layout, labels: readonly string[], amplitude: number): AudioBlock {
  const block = createAudioBlock(layout.loudspeakers.length, 48000);
  block.frameCount = 48000;
  for (const [channel, { label }] of layout.loudspeakers.entries()) {
    if (!labels.includes(label)) continue;
    for (let frame = 0; frame < 48000; frame++)
      block.channels[channel]![frame] = amplitude * Math.sin((2 * Math.PI * 997 * frame) / 48000);
  }
  return block;
}

/** Figures on 5.1 of a sine of 997 Hz at -20 dBFS in one channel of a layout. */
async function oneChannel(from: string, label: string) {
  const kernels = await loadKernels({});
  const layout = getLayout(from);
  const tap = createReRenderTap({ kernels, sampleRateHz: 48000, from: layout, to: getLayout('5.1') });
  await tap.take(toneBlock(layout, [label], 0.1));
  return tap.finish();
}

test('front channels are the same in front, and weigh the same', async () => {
  // BS.1770-5: 0 dBFS at 997 Hz in one front channel is -3.01 LUFS.
  const figures = await oneChannel('7.1.4', 'M+000');
  expect(figures.integratedLufs).toBeCloseTo(-23.01, 2);
  expect(figures.samplePeakDbfs).toBeCloseTo(-20, 2);
});

test('a rear channel weighs 1 on 7.1.4, but comes from a surround of 5.1, which weighs 1.41', async () => {
  const figures = await oneChannel('7.1.4', 'M+135');
  expect(figures.integratedLufs).toBeCloseTo(-23.01 + 10 * Math.log10(1.41), 1);
});

test('channels that are under a ceiling by themselves are over it where they come together', async () => {
  const kernels = await loadKernels({});
  const layout = getLayout('7.1.4');
  const options = { kernels, sampleRateHz: 48000, from: layout, to: getLayout('5.1') };
  const tap = createReRenderOverTap(options, -1);
  // Side and rear of one side meet in one surround of 5.1: 0.6 + 0.6 of full scale is 1.58 dBTP.
  await tap.take(toneBlock(layout, ['M+090', 'M+135'], 0.6));
  const { overs, ...figures } = tap.finish();
  expect(overs.truePeakDbtp).toBeGreaterThan(0);
  expect(overs.truePeakDbtp).toBeLessThan(1.7);
  expect(overs.dips.length).toBeGreaterThan(10);
  expect(overs.dips[0]!.depthDb).toBeGreaterThan(1);
  expect(figures.truePeakDbtp).toBeCloseTo(overs.truePeakDbtp!, 1);
  expect(Object.keys(programmeFigures(figures))).not.toContain('blockPowers');
});
