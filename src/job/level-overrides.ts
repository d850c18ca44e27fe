import { hasLoudness } from '../master/loudness-solver.ts';
import type { TargetOverrides } from '../master/target-settings.ts';
import type { MasterSceneOptions } from './master-options.ts';

/** What options say of the level of one target. */
export interface LevelOverrides {
  readonly overrides: Pick<TargetOverrides, 'loudnessRule' | 'loudnessLufs' | 'ceilingDbtp'>;
  /** Whether some of it is given by the target's own name. */
  readonly isNamed: boolean;
}

/**
 * What is given by the name of a target stands over what is given for all ("*"): a rule about peaks over the loudness of
 * all others too, and a loudness over such a rule.
 * @param isName whether a name is that of the target
 * @param takesLoudness whether a loudness that is given for all is for it too
 */
export function levelOverrides(
  { loudnessRule, loudnessLufs, ceilingDbtp }: MasterSceneOptions,
  isName: (name: string) => boolean,
  takesLoudness = true,
): LevelOverrides {
  const own = <T>(values: Readonly<Record<string, T>> = {}): T | undefined =>
    Object.entries(values).findLast(([name]) => isName(name))?.[1];
  const [ownRule, ownLufs, ownDbtp] = [own(loudnessRule), own(loudnessLufs), own(ceilingDbtp)];
  const ruleOfAll = loudnessRule?.['*'];
  const takesRule =
    ruleOfAll !== undefined && (hasLoudness(ruleOfAll) ? takesLoudness : ownLufs === undefined);
  const isAboutPeaks = ownRule !== undefined && !hasLoudness(ownRule);
  return {
    overrides: {
      loudnessRule: ownRule ?? (takesRule ? ruleOfAll : undefined),
      loudnessLufs: ownLufs ?? (takesLoudness && !isAboutPeaks ? loudnessLufs?.['*'] : undefined),
      ceilingDbtp: ownDbtp ?? ceilingDbtp?.['*'],
    },
    isNamed: [ownRule, ownLufs, ownDbtp].some((value) => value !== undefined),
  };
}
