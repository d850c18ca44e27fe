import { findLayout } from '../layouts/built-in.ts';
import { equalizerFaults } from './equalizer.ts';
import { loudnessFault } from './loudness-fault.ts';
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
