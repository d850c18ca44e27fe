import { z } from 'zod';
import type { AudioBlock } from '../../../base/audio-block.ts';
import { createLimiter, limiterDefaults, type Limiter, type LimiterSettings } from '../../limiter.ts';
import { detectorUnits } from '../detector-units.ts';
import { defineEffect, type EffectContext, type EffectProcessor } from '../effect.ts';
import { scaleMembers } from '../group-members.ts';
import { processMembers } from '../process-members.ts';
import { createRenderLimiter } from '../render-limiter.ts';

/** True-peak limiter of every element by itself, or of the scene by its renders. */
export const limiterEffect = defineEffect({
  type: 'limiter',
  description:
    'True-peak limiter: of each bed channel and object by itself, or with one gain for all by the peaks of renders.',
  kind: 'non-linear',
  kindOf: ({ renders }) => (renders ? 'common-gain' : 'non-linear'),
  parameters: {
    ceilingDbtp: z.number().min(-40).max(0).describe('Highest true peak in dBTP.'),
    renders: z
      .array(z.string())
      .min(1)
      .max(8)
      .optional()
      .describe(
        'Renders that are to stay below it, "7.1.4", "5.1", "stereo", "binaural": one gain for all tracks of the group. Default: each track by itself.',
      ),
    lookaheadMs: z.number().min(0.1).max(50).optional().describe('Attack before a peak. Default 5.'),
    holdMs: z.number().min(0).max(500).optional().describe('How long the gain stays down. Default 10.'),
    releaseMs: z
      .number()
      .min(1)
      .max(5000)
      .optional()
      .describe('Time constant of the return after a short peak. Default 60.'),
  },
  create({ ceilingDbtp, renders, lookaheadMs, holdMs, releaseMs }, context) {
    const settings = {
      lookaheadMs: lookaheadMs ?? limiterDefaults.lookaheadMs,
      holdMs: holdMs ?? limiterDefaults.holdMs,
      releaseMs: releaseMs ?? limiterDefaults.releaseMs,
    };
    return renders
      ? createRenderLimiter(context, { ceilingDbtp, renders, ...settings })
      : createElementLimiters(context, ceilingDbtp, settings);
  },
});

/** A limiter for each unit: a bed channel, an object, an ambisonic element. Partial members are a mix. */
function createElementLimiters(
  context: EffectContext,
  ceilingDbtp: number,
  settings: Partial<LimiterSettings>,
): EffectProcessor {
  const { kernels, sampleRateHz, amount } = context;
  const group = scaleMembers(context.group, amount);
  const limiters = detectorUnits(context, true).map(({ name, members }) => {
    const channelCount = members.length;
    const limiter = createLimiter({ settings, kernels, sampleRateHz, channelCount, ceilingDbtp });
    const part = (): AudioBlock => ({ channels: members.map(() => new Float32Array(0)), frameCount: 0 });
    return { name, members, limiter, input: part(), output: part() };
  });
  const reductionOf = ({ name, limiter }: { name: string; limiter: Limiter }) => {
    const [{ maxReductionDb, meanReductionDb }] = limiter.reductions as [Limiter['reductions'][number]];
    return {
      name,
      maxReductionDb: maxReductionDb * amount,
      meanReductionDb: meanReductionDb * amount,
    };
  };
  return processMembers(
    { ...context, group },
    {
      inputChannelCount: group.tracks.length,
      outputChannelCount: group.tracks.length,
      latencySamples: limiters[0]!.limiter.latencySamples,
      process({ channels, frameCount }, { channels: outputs }) {
        for (const { members, limiter, input, output } of limiters) {
          for (let index = 0; index < members.length; index++) {
            input.channels[index] = channels[members[index]!]!;
            output.channels[index] = outputs[members[index]!]!;
          }
          input.frameCount = output.frameCount = frameCount;
          limiter.process(input, output);
        }
      },
      reset: () => limiters.forEach(({ limiter }) => limiter.reset()),
    },
    { blendsWeights: true, reductions: () => limiters.map(reductionOf) },
  );
}
