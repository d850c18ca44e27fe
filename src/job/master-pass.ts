import { basename } from 'node:path';
import type { WavContainer } from '../io/wav/wav-writer.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { SampleFormat } from '../kernels/interfaces/pcm.ts';
import type { Layout } from '../layouts/layout.ts';
import { ditherSeed, type BitDepth } from '../master/dither.ts';
import { createLayoutStage } from '../master/layout-stage.ts';
import type { GainReduction } from '../master/gain-trace.ts';
import type { LimiterDip } from '../master/limiter-dips.ts';
import { limiterGroups, type LimiterGroup } from '../master/limiter-groups.ts';
import { createOverMeter, type Overs } from '../master/limiter-overs.ts';
import type { PassResult, PassSettings } from '../master/loudness-solver.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import { createLargestPeakMeter, type LargestPeaks } from '../meter/true-peak-meter.ts';
import { createLoudnessMeter, type LoudnessResult } from '../meter/loudness-meter.ts';
import type { UnlimitedFigures } from './album-problem.ts';
import { createProgrammeFiles, type ProgrammeFile, type ProgrammeFiles } from './programme-files.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type Tap } from './pump.ts';
import { createReRenderOverTap, programmeFigures, type ReRenderOvers } from './re-render.ts';
import { recipeMark } from './recipe-mark.ts';
import { openScratchReader, type ScratchDescription } from './scratch.ts';
import type { MeterTap } from './taps.ts';
import type { TaskContext } from './worker-pool.ts';

/** One programme to be finished: a rendered bus and the file, or the files of its tracks, that it becomes. */
export interface ProgrammeTask {
  readonly scratch: ScratchDescription;
  readonly sampleRateHz: number;
  /** Figures of the bus at unity gain; the true peak is the precise one, decodes of ambisonics included. */
  readonly unlimited: UnlimitedFigures;
  /** Its name seeds the dither, also where only tracks are written. */
  readonly outFile: string;
  /** Files of its tracks, in their order; undefined where the programme stays whole. */
  readonly tracks?: readonly ProgrammeFile[] | undefined;
}

/** What all programmes of a target share. */
export interface TargetTask {
  readonly target: string;
  readonly settings: TargetSettings;
  readonly maxReductionDb: number | undefined;
  /** Layout of the channels; undefined for ambisonics, which have no loudness of their own. */
  readonly layout: Layout | undefined;
  /** Layout on whose re-render loudness and ceiling hold; undefined where they are those of the channels. */
  readonly measuredOn: Layout | undefined;
  readonly overwrite: boolean;
  /** Hash of the recipe, which its files name; undefined where there is none. */
  readonly recipeSha256?: string | undefined;
  readonly channelMask: number;
  readonly fileChannels: readonly number[];
  readonly container?: WavContainer | undefined;
  readonly blockFrames: number | undefined;
}

/** What a limiter did to a programme. */
export interface LimiterWork {
  readonly groups: readonly (LimiterGroup & GainReduction)[];
  /** Deepest reduction in dB in each 100 ms [group][interval]. */
  readonly traceDb: readonly Float32Array[];
}

const sampleFormats: Readonly<Record<BitDepth, SampleFormat>> = {
  16: 'int16',
  20: 'int24',
  24: 'int24',
  32: 'float32',
};

/** One pass over a programme: its files, not yet finished, and its figures. */
export interface Pass extends FinishedFigures {
  readonly files: ProgrammeFiles;
  /** Of each track alone; none where the programme stays whole. */
  readonly trackFigures: readonly FinishedFigures[];
  readonly result: PassResult;
  /** Of the finished samples on the layout that they are measured on. */
  readonly reRender: ProgrammeFigures | undefined;
  readonly limiter: LimiterWork | undefined;
  readonly overs: Overs;
}

/**
 * Sends a programme through its layout stage into its files and meters.
 * @param dips where earlier passes were over the ceiling
 * @param open receives the pass's files, until somebody finishes or aborts them
 */
export async function runPass(
  task: TargetTask & ProgrammeTask,
  pass: PassSettings,
  dips: readonly LimiterDip[],
  kernels: Kernels,
  { signal, onProgress }: TaskContext,
  open: Set<ProgrammeFiles>,
): Promise<Pass> {
  const { sampleRateHz, settings, layout, scratch } = task;
  const { channelCount, frameCount } = scratch;
  const groups = limiterGroups(layout, channelCount);
  const stage = createLayoutStage({
    kernels,
    sampleRateHz,
    channelCount,
    groups,
    dips,
    settings: settings.limiter,
    programmeFrames: frameCount,
    gainDb: pass.gainDb,
    ceilingDbtp: settings.ceilingDbtp,
    bitDepth: settings.bitDepth,
    dither: settings.dither,
    seed: ditherSeed(basename(task.outFile)),
    // What is under the ceiling itself may be over it on the layout that counts.
    inputPeakDbtp: task.measuredOn && dips.length > 0 ? undefined : task.unlimited.truePeakDbtp,
  });
  const meter = createFinishedMeter(kernels, task, groups, stage.highestPeakDbtp === undefined);
  const reRenderMeter = task.measuredOn && createReRenderMeter(kernels, task, task.measuredOn);
  const reader = await openScratchReader(scratch);
  const trackMeters = (task.tracks ?? []).map(() => createStandardMeter(kernels, task));
  const files = createProgrammeFiles(
    task.tracks ?? [{ outFile: task.outFile, startFrame: 0, frameCount }],
    {
      kernels,
      sampleRateHz,
      channelCount,
      sampleFormat: sampleFormats[settings.bitDepth],
      channelMask: task.channelMask,
      channelOrder: task.fileChannels,
      container: task.container,
      overwrite: task.overwrite,
      ...(task.recipeSha256 === undefined
        ? {}
        : recipeMark({
            ...{ recipeSha256: task.recipeSha256, startSample: 0 },
            ...{ sampleRateHz, bitDepth: settings.bitDepth, channelCount },
          })),
    },
    trackMeters,
  );
  open.add(files);
  try {
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [{ processor: stage, taps: [meter, files, ...(reRenderMeter ? [reRenderMeter] : [])] }],
      blockFrames: task.blockFrames,
      signal,
      onProgress: createProgressReporter(onProgress, 'master', task.target),
    });
  } finally {
    await reader.close();
  }
  const { overs, blockPowers, ...figures } = meter.finish();
  const reRender = reRenderMeter?.finish();
  const { reductions, traceDb } = stage;
  const finishedDbtp =
    overs.truePeakDbtp ?? stage.highestPeakDbtp ?? Math.min(figures.truePeakDbtp, settings.ceilingDbtp);
  // Decodes of ambisonics are turned down with their channels: no limiter ever works on those.
  const decodesDbtp = layout ? -Infinity : task.unlimited.truePeakDbtp + pass.gainDb;
  return {
    files,
    trackFigures: trackMeters.map((track) => track.finish()),
    ...figures,
    overs: reRender ? joinOvers(overs, reRender.overs, groups.length) : overs,
    reRender: reRender && programmeFigures(reRender),
    limiter:
      reductions.length > 0
        ? { groups: groups.map((group, index) => ({ ...group, ...reductions[index] })), traceDb }
        : undefined,
    result: {
      integratedLufs: (reRender ?? figures.loudness)?.integratedLufs ?? -Infinity,
      blockPowers: reRender?.blockPowers ?? blockPowers,
      truePeakDbtp: Math.max(finishedDbtp, decodesDbtp, reRender?.overs.truePeakDbtp ?? -Infinity),
      maxReductionDb: stage.maxReductionDb,
    },
  };
}

function createReRenderMeter(
  kernels: Kernels,
  { sampleRateHz, layout, settings: { ceilingDbtp } }: TargetTask & ProgrammeTask,
  to: Layout,
): MeterTap<ReRenderOvers> {
  return createReRenderOverTap({ kernels, sampleRateHz, from: layout!, to }, ceilingDbtp);
}

/** Overs of the channels, and those of their re-render, which all groups are turned down for. */
const joinOvers = (own: Overs, reRender: Overs, groupCount: number): Overs => ({
  truePeakDbtp: own.truePeakDbtp,
  dips: [
    ...own.dips,
    ...reRender.dips.flatMap((dip) => Array.from({ length: groupCount }, (_, group) => ({ ...dip, group }))),
  ],
});

/** What the report says of the finished samples. */
export interface FinishedFigures extends LargestPeaks {
  readonly loudness: LoudnessResult | undefined;
}

interface StandardMeter extends Tap {
  /** By BS.1770-5 Annex 2, so far; linear. */
  largestPeak(): number;
  finish(): FinishedFigures & Pick<PassResult, 'blockPowers'>;
}

/** The standard's figures of finished samples, for the report. */
function createStandardMeter(
  kernels: Kernels,
  { sampleRateHz, layout, scratch: { channelCount } }: TargetTask & ProgrammeTask,
): StandardMeter {
  const loudness = layout && createLoudnessMeter({ kernels, sampleRateHz, layout });
  const peaks = createLargestPeakMeter({ kernels, channelCount });
  return {
    largestPeak: () => peaks.largestPeak,
    take(block) {
      loudness?.process(block);
      peaks.process(block);
    },
    finish: () => ({
      ...peaks.finish(),
      loudness: loudness?.result(),
      blockPowers: loudness?.blockPowers() ?? new Float64Array(0),
    }),
  };
}

/**
 * Measures the finished samples: the standard's figures for the report, and where they are over the ceiling.
 * @param mayBeOver whether there is need to look for overs
 */
function createFinishedMeter(
  kernels: Kernels,
  task: TargetTask & ProgrammeTask,
  groups: readonly LimiterGroup[],
  mayBeOver: boolean,
): Tap & { finish(): FinishedFigures & Pick<PassResult, 'blockPowers'> & { readonly overs: Overs } } {
  const standard = createStandardMeter(kernels, task);
  const { channelCount } = task.scratch;
  const { ceilingDbtp } = task.settings;
  const standardPeak = (): number => standard.largestPeak();
  const overs = mayBeOver
    ? createOverMeter({ kernels, channelCount, groups, ceilingDbtp, standardPeak })
    : undefined;
  return {
    take(block) {
      standard.take(block);
      overs?.process(block);
    },
    finish: () => ({
      ...standard.finish(),
      overs: overs?.finish() ?? { truePeakDbtp: undefined, dips: [] },
    }),
  };
}
