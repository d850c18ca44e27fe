import { z } from 'zod';
import { passSlopesDbPerOct } from '../../eq-band.ts';
import { createEqualizer } from '../../equalizer.ts';
import { designButterworth } from '../../../dsp/parametric-eq.ts';
import { defineEffect } from '../effect.ts';
import { processSides } from '../side-processor.ts';

/** Mono below a frequency, pair by pair. */
export const monoBelowEffect = defineEffect({
  type: 'mono-below',
  description:
    'Makes every symmetric pair mono below a frequency: what differs there between left and right goes.',
  kind: 'mixing',
  parameters: {
    frequencyHz: z.number().min(20).max(1000).describe('Where what differs is 3 dB down, in Hz.'),
    slopeDbPerOct: z
      .literal(passSlopesDbPerOct)
      .optional()
      .describe('Slope of the Butterworth filter of what differs, in dB an octave. Default 12.'),
  },
  create({ frequencyHz, slopeDbPerOct = 12 }, context) {
    const { kernels, sampleRateHz, amount } = context;
    const sections = designButterworth('high', frequencyHz, slopeDbPerOct / 6, sampleRateHz);
    return processSides(context, (pairCount) => {
      const highPass = createEqualizer(
        kernels,
        Array.from({ length: pairCount }, () => sections),
      );
      if (amount === 1) return highPass;
      return {
        ...highPass,
        process(input, output) {
          highPass.process(input, output);
          for (const [pair, side] of input.channels.entries()) {
            const high = output.channels[pair]!;
            for (let n = 0; n < input.frameCount; n++) high[n] = side[n]! + amount * (high[n]! - side[n]!);
          }
        },
      };
    });
  },
});
