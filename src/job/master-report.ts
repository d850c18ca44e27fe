import type { MasterReport, RelatedRender, TargetReport } from '../deliver/report.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import type { LevelTrace } from '../meter/level-trace.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import { peakToLoudnessDb } from '../meter/peak-to-loudness.ts';
import type { MasteredTarget } from './master-target.ts';
import type { PlannedTarget } from './plan.ts';
import { generatorName } from './version.ts';

/** What the loudness solver is told of a bus at unity gain. */
export interface UnlimitedFigures {
  /** See `LoudnessMeter.blockPowers`; none for ambisonics. */
  readonly blockPowers: Float64Array;
  readonly truePeakDbtp: number;
  /** Undefined for ambisonics. */
  readonly trace?: LevelTrace | undefined;
}

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
  /** Name of the file, relative to the report. */
  readonly file: string;
  readonly rendered: RenderedFigures | undefined;
  readonly mastered: MasteredTarget | undefined;
}

/** What a report is made of. */
export interface MasterOutcome {
  readonly scene: string;
  readonly durationSec: number;
  readonly sampleRateHz: number;
  readonly targets: readonly TargetOutcome[];
  /** The 5.1 re-render at unity gain. */
  readonly reRender: ProgrammeFigures | undefined;
}

/** Puts the report of a mastering job together. */
export function masterReport(outcome: MasterOutcome): MasterReport {
  return {
    version: 1,
    generator: generatorName,
    scene: outcome.scene,
    targets: outcome.targets.map((target) => targetReport(target, outcome)),
  };
}

function targetReport(
  { planned, settings, file, rendered, mastered }: TargetOutcome,
  outcome: MasterOutcome,
): TargetReport {
  const solution = mastered?.solution;
  const gainDb = solution?.gainDb ?? 0;
  const decoded = rendered?.decodes[0]?.figures;
  const loudness = mastered?.loudness ?? (decoded && shifted(decoded, gainDb));
  return {
    target: planned.target.name,
    description: planned.description,
    file,
    sha256: mastered?.sha256 ?? '',
    channels: planned.fileLabels,
    sampleRateHz: settings.sampleRateHz ?? outcome.sampleRateHz,
    bitDepth: settings.bitDepth,
    durationSec: outcome.durationSec,
    loudnessTargetLufs: settings.loudnessLufs,
    loudnessRule: settings.loudnessRule,
    ceilingDbtp: settings.ceilingDbtp,
    integratedLufs: loudness?.integratedLufs ?? -Infinity,
    momentaryMaxLufs: loudness?.momentaryMaxLufs ?? -Infinity,
    momentaryMaxEndSec: loudness?.momentaryMaxEndSec ?? NaN,
    shortTermMaxLufs: loudness?.shortTermMaxLufs ?? -Infinity,
    shortTermMaxEndSec: loudness?.shortTermMaxEndSec ?? NaN,
    loudnessRangeLu: loudness?.loudnessRangeLu ?? 0,
    truePeakDbtp: mastered?.truePeakDbtp ?? -Infinity,
    samplePeakDbfs: mastered?.samplePeakDbfs ?? -Infinity,
    plrDb: mastered && loudness ? peakToLoudnessDb(mastered.truePeakDbtp, loudness.integratedLufs) : NaN,
    status: solution?.status ?? 'met',
    gainDb,
    maxReductionDb: solution?.result.maxReductionDb ?? 0,
    missedByLu: solution && solution.status !== 'silent' ? solution.missedByLu : 0,
    related: relatedRenders(planned, rendered, outcome.reRender, gainDb),
    checks: [],
  };
}

/** Other renders at the target's gain, before its limiter: decodes of ambisonics, the 5.1 re-render of beds. */
function relatedRenders(
  { target }: PlannedTarget,
  rendered: RenderedFigures | undefined,
  reRender: ProgrammeFigures | undefined,
  gainDb: number,
): RelatedRender[] {
  const decodes = rendered?.decodes ?? [];
  const others =
    target.kind === 'loudspeakers' && reRender ? [{ name: '5.1 re-render', figures: reRender }] : [];
  return [...decodes, ...others].map(({ name, figures }) => ({
    name,
    integratedLufs: figures.integratedLufs + gainDb,
    truePeakDbtp: figures.truePeakDbtp + gainDb,
  }));
}

/** Loudness of the same programme at another gain. */
const shifted = (figures: ProgrammeFigures, gainDb: number): ProgrammeFigures => ({
  ...figures,
  integratedLufs: figures.integratedLufs + gainDb,
  momentaryMaxLufs: figures.momentaryMaxLufs + gainDb,
  shortTermMaxLufs: figures.shortTermMaxLufs + gainDb,
});
