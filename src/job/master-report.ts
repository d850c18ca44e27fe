import type { DeliveredFigures } from '../deliver/figures.ts';
import type { RecipeIdentity } from '../deliver/manifest.ts';
import type { Profile } from '../deliver/profile.ts';
import type {
  AppliedProcessing,
  CodecPreview,
  LimiterReport,
  MasterReport,
  RelatedRender,
  SceneEffectReport,
  SceneFileReport,
  TargetReport,
  TrackReport,
} from '../deliver/report.ts';
import { dcRemovalHz } from '../master/equalizer.ts';
import type { ProgrammeEdit } from '../master/programme-edit.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import type { LoudnessResult } from '../meter/loudness-meter.ts';
import type { LargestPeaks } from '../meter/true-peak-meter.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import { peakToLoudnessDb } from '../meter/peak-to-loudness.ts';
import type { AlbumLoudness, UnlimitedFigures } from './album-problem.ts';
import type { DeliverableNames } from './master-job.ts';
import type { MasteredTarget, MasteredTrack } from './master-target.ts';
import type { PlannedTarget } from './plan.ts';
import { deliverableChecks, deliverablePlatforms } from './profile-outcome.ts';
import { generatorName } from './version.ts';

/** Figures of a target's bus at unity gain. */
export interface RenderedFigures {
  /** Of the target's own channels; for ambisonics the true peak includes all decodes. */
  readonly unlimited: UnlimitedFigures;
  /** Decodes of an ambisonic target; the first gives its loudness. */
  readonly decodes: readonly { readonly name: string; readonly figures: ProgrammeFigures }[];
}

/** All that is known of one target; without figures nothing was made yet. */
export interface TargetOutcome {
  readonly planned: PlannedTarget;
  readonly settings: TargetSettings;
  readonly edit: ProgrammeEdit;
  /** Names of its files, relative to the report. */
  readonly names: DeliverableNames;
  readonly rendered: RenderedFigures | undefined;
  readonly mastered: MasteredTarget | undefined;
  /** Delivery profiles that it is for. */
  readonly profiles: readonly Profile[];
  /** Undefined where none were asked for. */
  readonly codecPreviews: readonly CodecPreview[] | undefined;
}

/** What a report is made of. */
export interface MasterOutcome {
  readonly scene: string;
  readonly recipe: RecipeIdentity | undefined;
  readonly sampleRateHz: number;
  /** What each entry of the recipe's scene list did. */
  readonly sceneStage: readonly SceneEffectReport[];
  readonly sceneFiles: readonly SceneFileReport[];
  readonly targets: readonly TargetOutcome[];
  /** The 5.1 re-render at unity gain. */
  readonly reRender: ProgrammeFigures | undefined;
  /** Of how many scenes the album is that this one is part of, and how their loudness was taken together. */
  readonly album: { readonly sceneCount: number; readonly measured: AlbumLoudness } | undefined;
}

/** Puts the report of a mastering job together. */
export function masterReport(outcome: MasterOutcome): MasterReport {
  return {
    version: 1,
    generator: generatorName,
    scene: outcome.scene,
    recipe: outcome.recipe,
    sceneStage: outcome.sceneStage.length > 0 ? outcome.sceneStage : undefined,
    sceneFiles: outcome.sceneFiles.length > 0 ? outcome.sceneFiles : undefined,
    targets: outcome.targets.map((target) => targetReport(target, outcome)),
  };
}

function targetReport(target: TargetOutcome, outcome: MasterOutcome): TargetReport {
  const { planned, settings, edit, names, rendered, mastered, profiles, codecPreviews } = target;
  const solution = mastered?.solution;
  const gainDb = solution?.gainDb ?? 0;
  const decoded = rendered?.decodes[0]?.figures;
  const loudness = mastered?.loudness ?? (decoded && shifted(decoded, gainDb));
  const sampleRateHz = settings.sampleRateHz ?? outcome.sampleRateHz;
  const figures = figuresOf(loudness, mastered);
  const { bitDepth } = settings;
  const reRender = mastered?.reRender;
  const maxReductionDb = mastered?.maxReductionDb ?? 0;
  return {
    target: planned.target.name,
    description: planned.description,
    file: names.tracks ? '' : names.whole,
    sha256: mastered?.sha256 ?? '',
    channels: planned.fileLabels,
    sampleRateHz,
    bitDepth: settings.bitDepth,
    durationSec: edit.frameCount / sampleRateHz,
    applied: appliedProcessing(settings, edit),
    loudnessTargetLufs: settings.loudnessLufs,
    loudnessRule: settings.loudnessRule,
    ceilingDbtp: settings.ceilingDbtp,
    ...figures,
    status: solution?.status ?? 'met',
    passCount: solution?.passCount ?? 0,
    gainDb,
    maxReductionDb,
    limiter: limiterReport(target),
    missedByLu: solution && solution.status !== 'silent' ? solution.missedByLu : 0,
    album: outcome.album && {
      ...outcome.album,
      integratedLufs: solution?.result.integratedLufs ?? -Infinity,
      maxReductionDb: solution?.result.maxReductionDb ?? 0,
    },
    tracks: names.tracks?.map((track, index) => trackReport(track, mastered?.tracks[index], sampleRateHz)),
    related: relatedRenders(planned, rendered, outcome.reRender, { gainDb, maxReductionDb }, reRender),
    profiles: profiles.map(({ id }) => id),
    measuredOn: planned.measuredOn && (planned.measuredOn.aliases[0] ?? planned.measuredOn.name),
    checks: mastered
      ? deliverableChecks({ planned, profiles, sampleRateHz, bitDepth, figures, reRender })
      : [],
    platforms: mastered ? deliverablePlatforms(planned, figures) : [],
    codecPreviews,
  };
}

function limiterReport({ planned, settings, mastered, names }: TargetOutcome): LimiterReport | undefined {
  if (!mastered?.limiter) return undefined;
  const labels = planned.layout?.loudspeakers.map(({ label }) => label) ?? planned.fileLabels;
  return {
    ...settings.limiter,
    groups: mastered.limiter.groups.map((group) => ({
      ...group,
      channels: group.channels.map((channel) => labels[channel]),
    })),
    traceFile: names.gainTrace,
  };
}

function appliedProcessing(
  { dcRemoval, eq, dither, bitDepth }: TargetSettings,
  { headFrames, tailFrames, fadeIn, fadeOut }: ProgrammeEdit,
): AppliedProcessing {
  return {
    dcRemovalHz: dcRemoval ? dcRemovalHz : undefined,
    eq,
    trimHeadSamples: headFrames,
    trimTailSamples: tailFrames,
    fadeIn: fadeIn && { durationSamples: fadeIn.frameCount, curve: fadeIn.curve },
    fadeOut: fadeOut && { durationSamples: fadeOut.frameCount, curve: fadeOut.curve },
    dither: bitDepth === 32 ? 'none' : dither,
  };
}

function trackReport(
  { number, name, file, startFrame, frameCount }: NonNullable<DeliverableNames['tracks']>[number],
  mastered: MasteredTrack | undefined,
  sampleRateHz: number,
): TrackReport {
  return {
    number,
    name,
    file,
    sha256: mastered?.sha256 ?? '',
    startSamples: startFrame,
    lengthSamples: frameCount,
    startSec: startFrame / sampleRateHz,
    durationSec: frameCount / sampleRateHz,
    ...figuresOf(mastered?.loudness, mastered),
  };
}

/** The figures of a report, as silence where nothing was measured. */
function figuresOf(loudness: LoudnessResult | undefined, peaks: LargestPeaks | undefined): DeliveredFigures {
  return {
    integratedLufs: loudness?.integratedLufs ?? -Infinity,
    momentaryMaxLufs: loudness?.momentaryMaxLufs ?? -Infinity,
    momentaryMaxEndSec: loudness?.momentaryMaxEndSec ?? NaN,
    shortTermMaxLufs: loudness?.shortTermMaxLufs ?? -Infinity,
    shortTermMaxEndSec: loudness?.shortTermMaxEndSec ?? NaN,
    loudnessRangeLu: loudness?.loudnessRangeLu ?? 0,
    truePeakDbtp: peaks?.truePeakDbtp ?? -Infinity,
    samplePeakDbfs: peaks?.samplePeakDbfs ?? -Infinity,
    plrDb: peaks && loudness ? peakToLoudnessDb(peaks.truePeakDbtp, loudness.integratedLufs) : NaN,
  };
}

/**
 * Other renders at the target's gain, before its limiter and without what is applied to it alone: decodes of
 * ambisonics, the 5.1 re-render of beds, which says so where there was limiting; the finished samples on 5.1 where
 * they are measured there.
 */
function relatedRenders(
  { target }: PlannedTarget,
  rendered: RenderedFigures | undefined,
  reRender: ProgrammeFigures | undefined,
  { gainDb, maxReductionDb }: Pick<TargetReport, 'gainDb' | 'maxReductionDb'>,
  finishedReRender: ProgrammeFigures | undefined,
): RelatedRender[] {
  if (finishedReRender) {
    const { integratedLufs, truePeakDbtp } = finishedReRender;
    return [{ name: '5.1 re-render', integratedLufs, truePeakDbtp, isBeforeLimiter: false }];
  }
  const decodes = rendered?.decodes ?? [];
  const others =
    target.kind === 'loudspeakers' && reRender ? [{ name: '5.1 re-render', figures: reRender }] : [];
  return [...decodes, ...others].map(({ name, figures }) => ({
    name,
    integratedLufs: figures.integratedLufs + gainDb,
    truePeakDbtp: figures.truePeakDbtp + gainDb,
    isBeforeLimiter: maxReductionDb > 0,
  }));
}

/** Loudness of the same programme at another gain. */
const shifted = (figures: ProgrammeFigures, gainDb: number): ProgrammeFigures => ({
  ...figures,
  integratedLufs: figures.integratedLufs + gainDb,
  momentaryMaxLufs: figures.momentaryMaxLufs + gainDb,
  shortTermMaxLufs: figures.shortTermMaxLufs + gainDb,
});
