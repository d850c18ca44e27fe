import { checkProfile } from '../deliver/check-profile.ts';
import type { FileFacts } from '../deliver/file-facts.ts';
import { platformGains } from '../deliver/platform-gain.ts';
import type { Profile } from '../deliver/profile.ts';
import type { Figures } from '../deliver/figures.ts';
import type { Check, PlatformGain } from '../deliver/report.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import type { PlannedTarget } from './plan.ts';

/** What is known of a finished deliverable. */
export interface FinishedDeliverable {
  readonly planned: PlannedTarget;
  readonly profiles: readonly Profile[];
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly figures: Figures;
  /** On the layout that the deliverable is measured on, where that is not its own. */
  readonly reRender: ProgrammeFigures | undefined;
}

/** Every rule of the profiles that a deliverable was made for. */
export function deliverableChecks(deliverable: FinishedDeliverable): Check[] {
  const { planned, profiles, sampleRateHz, bitDepth, figures, reRender } = deliverable;
  const { layout, measuredOn, channelCount } = planned;
  if (!layout) return [];
  const facts: FileFacts = {
    container: 'WAV',
    layout: layout.aliases[0] ?? layout.name,
    channelCount,
    sampleRateHz,
    bitDepth,
    tailSilenceSamples: undefined,
    figures,
    reRenders: measuredOn && reRender ? { [measuredOn.aliases[0] ?? measuredOn.name]: reRender } : {},
  };
  return profiles.flatMap((profile) => checkProfile(profile, facts));
}

/** Whether services and lossy codecs play a target as it is: mono, stereo and binaural. */
export const isPlayedAsStereo = ({ layout, channelCount }: PlannedTarget): boolean =>
  layout !== undefined && channelCount <= 2;

/** What the normalisation of services does to a deliverable; nothing is known of immersive ones. */
export const deliverablePlatforms = (planned: PlannedTarget, figures: Figures): PlatformGain[] =>
  isPlayedAsStereo(planned) ? platformGains(figures) : [];
