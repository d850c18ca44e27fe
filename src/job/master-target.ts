import { createHash, type Hash } from 'node:crypto';
import { basename } from 'node:path';
import type { AudioWriter } from '../io/audio-file.ts';
import { createWavWriter } from '../io/wav/wav-writer.ts';
import type { Kernels, SampleFormat } from '../kernels/kernels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import { ditherSeed, type BitDepth } from '../master/dither.ts';
import { createLayoutStage } from '../master/layout-stage.ts';
import type { GainReduction } from '../master/gain-trace.ts';
import { deepenDips, type LimiterDip } from '../master/limiter-dips.ts';
import { limiterGroups, type LimiterGroup } from '../master/limiter-groups.ts';
import { createOverMeter, type Overs } from '../master/limiter-overs.ts';
import {
  hasLoudness,
  solveLoudness,
  type LoudnessProblem,
  type LoudnessSolution,
  type PassResult,
  type PassSettings,
} from '../master/loudness-solver.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import { createLargestPeakMeter, type LargestPeaks } from '../meter/true-peak-meter.ts';
import { createLoudnessMeter, type LoudnessResult } from '../meter/loudness-meter.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type Tap } from './pump.ts';
import { openScratchReader, type ScratchDescription } from './scratch.ts';
import type { TaskContext } from './worker-pool.ts';

/** Finishing one target from its rendered bus; plain data, so that it can go to a worker. */
export interface MasterTask {
  readonly target: string;
  readonly scratch: ScratchDescription;
  readonly sampleRateHz: number;
  readonly settings: TargetSettings;
  readonly maxReductionDb: number | undefined;
  /** Figures of the bus at unity gain; the true peak is the precise one, decodes of ambisonics included. */
  readonly unlimited: LoudnessProblem['unlimited'];
  /** Layout of the channels; undefined for ambisonics, which have no loudness of their own. */
  readonly layout: Layout | undefined;
  readonly outFile: string;
  readonly overwrite: boolean;
  readonly channelMask: number;
  readonly fileChannels: readonly number[];
  readonly blockFrames: number | undefined;
}

/** A finished target. */
export interface MasteredTarget {
  readonly sha256: string;
  /** Loudness of the finished samples; undefined for ambisonics. */
  readonly loudness: LoudnessResult | undefined;
  /** By BS.1770-5 Annex 2, as other meters read it. */
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
  readonly solution: LoudnessSolution;
  /** What the limiter did; undefined where gain alone was enough. */
  readonly limiter: LimiterWork | undefined;
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

/** One pass over the bus: its file, not yet finished, and its figures. */
interface Pass extends FinishedFigures {
  readonly writer: AudioWriter;
  /** Of all bytes of the file. */
  readonly hash: Hash;
  readonly result: PassResult;
  readonly limiter: LimiterWork | undefined;
  readonly overs: Overs;
}

/**
 * Gain, limiter, dither and file of one target, repeated over its scratch file until loudness and ceiling
 * hold. Each pass writes its file under a temporary name; only the last one is finished.
 */
export async function masterTarget(task: MasterTask, context: TaskContext): Promise<MasteredTarget> {
  const kernels = await loadKernels({ onWarning: context.onWarning });
  const { settings, unlimited, maxReductionDb } = task;
  let last: Pass | undefined;
  /** Where passes were over the ceiling: the limiter goes lower there in all that follow. */
  let dips: readonly LimiterDip[] = [];
  try {
    const solution = await solveLoudness({
      loudnessRule: settings.loudnessRule,
      loudnessLufs: settings.loudnessLufs,
      ceilingDbtp: settings.ceilingDbtp,
      unlimited,
      maxReductionDb,
      async runPass(pass) {
        await last?.writer.abort();
        last = undefined;
        last = await runPass(task, pass, dips, kernels, context);
        // Where no limiting is wanted, gain alone brings the overs down.
        if (hasLoudness(settings.loudnessRule)) dips = deepenDips(dips, last.overs.dips);
        return last.result;
      },
    });
    const { writer, hash, loudness, truePeakDbtp, samplePeakDbfs, limiter } = last!;
    await writer.finish();
    return { sha256: hash.digest('hex'), loudness, truePeakDbtp, samplePeakDbfs, solution, limiter };
  } catch (error) {
    await last?.writer.abort();
    throw error;
  }
}

async function runPass(
  task: MasterTask,
  pass: PassSettings,
  dips: readonly LimiterDip[],
  kernels: Kernels,
  { signal, onProgress }: TaskContext,
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
    inputPeakDbtp: task.unlimited.truePeakDbtp,
  });
  const meter = createFinishedMeter(kernels, task, groups, stage.highestPeakDbtp === undefined);
  const reader = await openScratchReader(scratch);
  const hash = createHash('sha256');
  const writer = await createWavWriter(task.outFile, {
    kernels,
    sampleRateHz,
    channelCount,
    sampleFormat: sampleFormats[settings.bitDepth],
    channelMask: task.channelMask,
    channelOrder: task.fileChannels,
    overwrite: task.overwrite,
    listener: { frameCount, hear: (bytes) => void hash.update(bytes) },
  });
  try {
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [{ processor: stage, taps: [meter, { take: (block) => writer.write(block) }] }],
      blockFrames: task.blockFrames,
      signal,
      onProgress: createProgressReporter(onProgress, 'master', task.target),
    });
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await reader.close();
  }
  const { overs, blockPowers, ...figures } = meter.finish();
  const { reductions, traceDb } = stage;
  const finishedDbtp =
    overs.truePeakDbtp ?? stage.highestPeakDbtp ?? Math.min(figures.truePeakDbtp, settings.ceilingDbtp);
  // Decodes of ambisonics are turned down with their channels: no limiter ever works on those.
  const decodesDbtp = layout ? -Infinity : task.unlimited.truePeakDbtp + pass.gainDb;
  return {
    writer,
    hash,
    ...figures,
    overs,
    limiter:
      reductions.length > 0
        ? { groups: groups.map((group, index) => ({ ...group, ...reductions[index] })), traceDb }
        : undefined,
    result: {
      integratedLufs: figures.loudness?.integratedLufs ?? -Infinity,
      blockPowers,
      truePeakDbtp: Math.max(finishedDbtp, decodesDbtp),
      maxReductionDb: stage.maxReductionDb,
    },
  };
}

/** What the report says of the finished samples. */
interface FinishedFigures extends LargestPeaks {
  readonly loudness: LoudnessResult | undefined;
}

/**
 * Measures the finished samples: the standard's figures for the report, and where they are over the ceiling.
 * @param mayBeOver whether there is need to look for overs
 */
function createFinishedMeter(
  kernels: Kernels,
  { sampleRateHz, layout, settings, scratch: { channelCount } }: MasterTask,
  groups: readonly LimiterGroup[],
  mayBeOver: boolean,
): Tap & { finish(): FinishedFigures & Pick<PassResult, 'blockPowers'> & { readonly overs: Overs } } {
  const loudness = layout && createLoudnessMeter({ kernels, sampleRateHz, layout });
  const standard = createLargestPeakMeter({ kernels, channelCount });
  const { ceilingDbtp } = settings;
  const overs = mayBeOver ? createOverMeter({ kernels, channelCount, groups, ceilingDbtp }) : undefined;
  return {
    take(block) {
      loudness?.process(block);
      standard.process(block);
      overs?.process(block);
    },
    finish: () => ({
      ...standard.finish(),
      loudness: loudness?.result(),
      blockPowers: loudness?.blockPowers() ?? new Float64Array(0),
      overs: overs?.finish() ?? { truePeakDbtp: undefined, dips: [] },
    }),
  };
}
