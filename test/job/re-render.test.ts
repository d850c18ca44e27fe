import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createReRenderTap } from '../../src/job/re-render.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';

/** Figures on 5.1 of a sine of 997 Hz at -20 dBFS in one channel of a layout. */
async function oneChannel(from: string, label: string) {
  const kernels = await loadKernels({});
  const layout = getLayout(from);
  const tap = createReRenderTap({ kernels, sampleRateHz: 48000, from: layout, to: getLayout('5.1') });
  const block = createAudioBlock(layout.loudspeakers.length, 48000);
  const channel = layout.loudspeakers.findIndex((speaker) => speaker.label === label);
  block.channels[channel]!.forEach((_, frame, samples) => {
    samples[frame] = 0.1 * Math.sin((2 * Math.PI * 997 * frame) / 48000);
  });
  block.frameCount = 48000;
  await tap.take(block);
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
