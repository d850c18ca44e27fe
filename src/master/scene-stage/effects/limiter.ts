import { z } from 'zod';
import { createLimiter, limiterDefaults, type LimiterSettings } from '../../limiter.ts';
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

/**
 * Each unit by itself: a bed channel, an object, an ambisonic element. They are the unlinked groups of one limiter, whose
 * kernel takes several of them at once. Partial members are a mix.
 */
function createElementLimiters(
  context: EffectContext,
  ceilingDbtp: number,
  settings: Partial<LimiterSettings>,
): EffectProcessor {
  const { kernels, sampleRateHz, amount } = context;
  const group = scaleMembers(context.group, amount);
  const units = detectorUnits(context, true);
  const limiter = createLimiter({
    ...{ kernels, sampleRateHz, ceilingDbtp, channelCount: group.tracks.length },
    settings: { ...settings, linkPercent: 0, lfeLinkPercent: 0 },
    groups: units.map(({ members }) => ({ name: 'all', channels: members })),
  });
  return processMembers({ ...context, group }, limiter, {
    blendsWeights: true,
    reductions: () =>
      limiter.reductions.map(({ maxReductionDb, meanReductionDb }, unit) => ({
        name: units[unit]!.name,
        maxReductionDb: maxReductionDb * amount,
        meanReductionDb: meanReductionDb * amount,
      })),
  });
}
