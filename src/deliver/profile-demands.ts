import type { Profile, ProfileRule } from './profile.ts';

/** How a profile wants a deliverable finished; what it does not say is undefined. */
export interface ProfileDemands {
  readonly loudnessRule: 'at-most' | 'target' | 'none' | undefined;
  readonly loudnessLufs: number | undefined;
  readonly ceilingDbtp: number | undefined;
  readonly sampleRateHz: number | undefined;
  readonly bitDepth: 16 | 20 | 24 | 32 | undefined;
  /** Layout whose re-render loudness and ceiling hold for, where the deliverable has more channels. */
  readonly measuredOn: string | undefined;
}

/**
 * What mastering for a profile aims at. Dialogue cannot be gated, so where a profile asks for its loudness, the
 * rule for the whole mix serves, or the number for the dialogue where there is none.
 * @param sourceRateHz rate of the scene, which is kept where it is allowed
 */
export function profileDemands(profile: Profile, sourceRateHz: number): ProfileDemands {
  const { rules } = profile;
  const loudness = loudnessRuleOf(rules, 'integratedLufs') ?? loudnessRuleOf(rules, 'dialogueLufs');
  const peak = rules.find((rule) => rule.measure === 'truePeakDbtp' && 'maximum' in rule);
  const depth = rules.find((rule) => rule.measure === 'bitDepth');
  const depths = depth?.allowed ?? [];
  return {
    loudnessRule: profile.keepsLoudness ? 'none' : loudness?.loudnessRule,
    loudnessLufs: profile.keepsLoudness ? undefined : loudness?.loudnessLufs,
    ceilingDbtp: peak && 'maximum' in peak ? peak.maximum : undefined,
    sampleRateHz: rateFor(rules, sourceRateHz),
    bitDepth: depths[0],
    measuredOn: rules.map((rule) => ('on' in rule ? rule.on : undefined)).find((on) => on !== undefined),
  };
}

function loudnessRuleOf(
  rules: readonly ProfileRule[],
  measure: 'integratedLufs' | 'dialogueLufs',
): { readonly loudnessRule: 'at-most' | 'target'; readonly loudnessLufs: number } | undefined {
  for (const rule of rules) {
    if (rule.measure !== measure) continue;
    if ('target' in rule) return { loudnessRule: 'target', loudnessLufs: rule.target };
    if (rule.maximum !== undefined) return { loudnessRule: 'at-most', loudnessLufs: rule.maximum };
  }
  return undefined;
}

/** The scene's rate where it is allowed, else the preferred one, or the bound that it is beyond; undefined for any. */
function rateFor(rules: readonly ProfileRule[], sourceRateHz: number): number | undefined {
  const rule = rules.find((candidate) => candidate.measure === 'sampleRateHz');
  if (!rule) return undefined;
  if ('allowed' in rule) return rule.allowed.includes(sourceRateHz) ? sourceRateHz : rule.allowed[0];
  return Math.min(rule.maximum, Math.max(rule.minimum, sourceRateHz));
}
