import { hasLoudness, type LoudnessRule } from './loudness-solver.ts';
import type { ParameterFault } from './parameter-faults.ts';

/**
 * What is wrong with a loudness and a rule that are asked for together: ambisonics have no loudness of their own, and
 * rules about peaks take none.
 * @returns undefined where they fit
 */
export function loudnessFault(
  isAmbisonic: boolean,
  rule: LoudnessRule | undefined,
  lufs: number | null | undefined,
): ParameterFault | undefined {
  const path = [rule === undefined ? 'loudnessLufs' : 'loudnessRule'];
  const wantsLoudness = typeof lufs === 'number' || (rule !== undefined && hasLoudness(rule));
  if (isAmbisonic && wantsLoudness) {
    const wanted = typeof lufs === 'number' ? `${lufs} LUFS` : `the rule "${rule}"`;
    const message = `ambisonics have no loudness of their own, and ${wanted} was asked for; allowed: a ceiling, the rule peak or none`;
    return { code: 'no-loudness-target', path, message };
  }
  if (rule === undefined || lufs === undefined || hasLoudness(rule) === (lufs !== null)) return undefined;
  const found = `the rule "${rule}" and a loudness of ${lufs === null ? 'null' : `${lufs} LUFS`} were asked for`;
  const message = `${found}; target, at-most and maximum take a loudness, peak and none do not`;
  return { code: 'loudness-rule', path, message };
}
