import { findLayout } from '../layouts/built-in.ts';
import { equalizerFaults } from './equalizer.ts';
import { hasLoudness, type LoudnessRule } from './loudness-solver.ts';
import { faultsUnder, type ParameterFault } from './parameter-faults.ts';
import type { RecipeTarget } from './recipe-schema.ts';

/**
 * Faults of a recipe's settings for a target that its schema cannot see.
 * @param id as `canonicalTargetId` gives it; nothing is known of the layout of a path
 * @param sceneRateHz undefined where it is not known
 */
export function targetFaults(id: string, settings: RecipeTarget, sceneRateHz?: number): ParameterFault[] {
  const { loudnessRule, loudnessLufs, eq = [], sampleRateHz = sceneRateHz } = settings;
  const isAmbisonic = /^ambix\d$/.test(id);
  const loudness = loudnessFault(isAmbisonic, loudnessRule, loudnessLufs);
  const layout = ['stereo', 'binaural'].includes(id) ? findLayout('0+2+0') : findLayout(id);
  const labels = layout?.loudspeakers.map(({ label }) => label);
  return [...(loudness ? [loudness] : []), ...faultsUnder('eq', equalizerFaults(eq, sampleRateHz, labels))];
}

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
