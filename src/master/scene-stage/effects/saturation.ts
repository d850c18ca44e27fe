import { z } from 'zod';
import type { AudioBlock } from '../../../base/audio-block.ts';
import type { Processor } from '../../../base/processor.ts';
import { dbToGain } from '../../../base/units.ts';
import { createOversampler } from '../../../dsp/oversampler.ts';
import { createSampleDelay } from '../../../dsp/sample-delay.ts';
import { defineEffect, type EffectContext } from '../effect.ts';
import { processMembers } from '../process-members.ts';

/**
 * Up to so much drive four times the sample rate is enough, above it eight times: harmonics of a tanh fall by a factor
 * that only its drive decides.
 */
const moderateDriveDb = 9;

/** Soft saturation: what is quiet stays as it is, peaks bend towards a level. */
export const saturationEffect = defineEffect({
  type: 'saturation',
  description: 'Soft saturation (hyperbolic tangent), oversampled; quiet sounds keep their level.',
  kind: 'non-linear',
  parameters: {
    driveDb: z
      .number()
      .min(-12)
      .max(18)
      .describe(
        'Peaks bend towards a level so far below full scale, in dB; 0: a full-scale peak comes out at -2.4 dB.',
      ),
  },
  create: ({ driveDb }, context) =>
    processMembers(context, createSaturator(driveDb, context), { blendsWeights: true }),
});

function createSaturator(
  driveDb: number,
  { kernels, sampleRateHz, amount, group: { tracks } }: EffectContext,
): Processor {
  const drive = dbToGain(driveDb);
  const oversampler = createOversampler({
    kernels,
    sampleRateHz,
    channelCount: tracks.length,
    factor: driveDb <= moderateDriveDb ? 4 : 8,
    shape({ channels, frameCount }) {
      for (const samples of channels)
        for (let n = 0; n < frameCount; n++) samples[n] = amount * bend(samples[n]!, drive);
    },
  });
  const { latencySamples } = oversampler;
  const delays = tracks.map(() => createSampleDelay(latencySamples));
  let dry = new Float32Array(0);
  return {
    inputChannelCount: tracks.length,
    outputChannelCount: tracks.length,
    latencySamples,
    // Only what saturation adds passes the filters of oversampling: the sound itself keeps every bit below the bend.
    process(input: AudioBlock, output: AudioBlock) {
      const { frameCount } = input;
      if (dry.length < frameCount) dry = new Float32Array(frameCount);
      oversampler.process(input, output);
      for (const [member, delay] of delays.entries()) {
        delay.process(input.channels[member]!, dry, frameCount);
        const samples = output.channels[member]!;
        for (let n = 0; n < frameCount; n++) samples[n]! += dry[n]!;
      }
    },
    reset() {
      oversampler.reset();
      delays.forEach((delay) => delay.reset());
    },
  };
}

/** tanh(drive x) / drive - x; near 0 as a series, which does not cancel. */
function bend(x: number, drive: number): number {
  const driven = drive * x;
  if (Math.abs(driven) < 0.03) return (x * driven * driven * (driven * driven * 0.4 - 1)) / 3;
  return (1 - 2 / (Math.exp(2 * driven) + 1)) / drive - x;
}
