import { z } from 'zod';
import { limiterMotionShape } from '../../finishing-schema.ts';
import { createLimiter, limiterDefaults, type LimiterSettings } from '../../limiter.ts';
import { detectorRenderSchema } from '../detector-schema.ts';
import { detectorUnits, type DetectorUnit } from '../detector-units.ts';
import { defineEffect, type EffectContext, type EffectProcessor } from '../effect.ts';
import { scaleMembers } from '../group-members.ts';
import { processMembers } from '../process-members.ts';
import { createRenderLimiter } from '../render-limiter.ts';

const fullLinkPercent = 100;

/** True-peak limiter of every element by itself, or of the scene by its renders. */
export const limiterEffect = defineEffect({
  type: 'limiter',
  description:
    'True-peak limiter: of each bed channel and object by itself, or with one gain for all by the peaks of renders.',
  kind: 'non-linear',
  kindOf: ({ renders, linkPercent }) =>
    renders || linkPercent === fullLinkPercent ? 'common-gain' : 'non-linear',
  // A ceiling that the LFE passes over would be none.
  defaultGroup: ['all', 'lfe'],
  parameters: {
    ceilingDbtp: z.number().min(-40).max(0).describe('Highest true peak in dBTP.'),
    renders: z
      .array(detectorRenderSchema)
      .min(1)
      .max(8)
      .optional()
      .describe(
        'Renders that are to stay below it: one gain for all tracks of the group, and one for its LFE channels, which follow it where a render has no LFE. Default: each track by itself.',
      ),
    linkPercent: z
      .number()
      .min(0)
      .max(fullLinkPercent)
      .optional()
      .describe(
        'Without renders: how much of its reduction in dB each track makes all others take over, in percent; LFE channels go by themselves. 100: one gain for all. Default 0.',
      ),
    ...limiterMotionShape,
  },
  faultsOf({ renders, linkPercent }) {
    if (!renders || linkPercent === undefined) return [];
    const message = 'says nothing beside renders, which have one gain for all; allowed without them';
    return [{ code: 'limiter-link', path: ['linkPercent'], message }];
  },
  create({ ceilingDbtp, renders, linkPercent = 0, lookaheadMs, holdMs, releaseMs }, context) {
    const settings = {
      lookaheadMs: lookaheadMs ?? limiterDefaults.lookaheadMs,
      holdMs: holdMs ?? limiterDefaults.holdMs,
      releaseMs: releaseMs ?? limiterDefaults.releaseMs,
    };
    return renders
      ? createRenderLimiter(context, { ceilingDbtp, renders, ...settings })
      : createElementLimiters(context, ceilingDbtp, { ...settings, linkPercent });
  },
});

/**
 * Each unit by itself, a bed channel, an object or an ambisonic element, or as far linked as is wanted. They are the
 * groups of one limiter, whose kernel takes several of them at once. Partial members are a mix.
 */
function createElementLimiters(
  context: EffectContext,
  ceilingDbtp: number,
  settings: Partial<LimiterSettings>,
): EffectProcessor {
  const { kernels, sampleRateHz, amount } = context;
  const group = scaleMembers(context.group, amount);
  const gains = gainUnits(detectorUnits(context, false), settings.linkPercent === fullLinkPercent);
  const limiter = createLimiter({
    ...{ kernels, sampleRateHz, ceilingDbtp, channelCount: group.tracks.length },
    settings: { ...settings, lfeLinkPercent: 0 },
    groups: gains.map(({ members, isApart }) => ({ name: isApart ? 'lfe' : 'all', channels: members })),
  });
  return processMembers({ ...context, group }, limiter, {
    blendsWeights: true,
    reductions: () =>
      limiter.reductions.map(({ maxReductionDb, meanReductionDb }, index) => ({
        name: gains[index]!.name,
        maxReductionDb: maxReductionDb * amount,
        meanReductionDb: meanReductionDb * amount,
      })),
  });
}

/** Units that have a gain each: linked all the way, all but the LFE channels are one. */
function gainUnits(units: readonly DetectorUnit[], isLinked: boolean): readonly DetectorUnit[] {
  const linked = units.filter(({ isApart }) => !isApart);
  if (!isLinked || linked.length < 2) return units;
  const members = linked.flatMap((unit) => unit.members);
  return [{ name: 'all', members, isApart: false }, ...units.filter(({ isApart }) => isApart)];
}
