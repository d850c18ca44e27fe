import { rm } from 'node:fs/promises';
import { loadKernels } from '../kernels/load-kernels.ts';
import { limiterGroups } from '../master/limiter-groups.ts';
import { deepenDips, type LimiterDip } from '../master/limiter-dips.ts';
import {
  hasLoudness,
  solveLoudness,
  type LoudnessSolution,
  type PassResult,
} from '../master/loudness-solver.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import type { LargestPeaks } from '../meter/true-peak-meter.ts';
import type { LoudnessResult } from '../meter/loudness-meter.ts';
import { albumMeasure, albumProblem, joinResults, type AlbumLoudness } from './album-problem.ts';
import { runPass, type LimiterWork, type Pass, type ProgrammeTask, type TargetTask } from './master-pass.ts';
import type { ProgrammeFiles } from './programme-files.ts';
import type { TaskContext } from './worker-pool.ts';

/** Finishing one target of a scene, or of all scenes of an album; plain data, so that it can go to a worker. */
export interface MasterTask extends TargetTask {
  readonly programmes: readonly ProgrammeTask[];
  /** What is brought to the loudness where there are several programmes; 'together' unless given. */
  readonly albumLoudness?: AlbumLoudness | undefined;
}

/** A finished programme of a target. */
export interface MasteredTarget {
  /** Of its file; empty where the programme was cut into tracks. */
  readonly sha256: string;
  /** Loudness of the finished samples; undefined for ambisonics. */
  readonly loudness: LoudnessResult | undefined;
  /** By BS.1770-5 Annex 2, as other meters read it. */
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
  readonly maxReductionDb: number;
  /** What the limiter did; undefined where gain alone was enough. */
  readonly limiter: LimiterWork | undefined;
  /** Of the finished samples on the layout that they are measured on, where that is not their own. */
  readonly reRender: ProgrammeFigures | undefined;
  /** Files and figures of the tracks; empty where the programme stayed whole. */
  readonly tracks: readonly MasteredTrack[];
  /** That of the whole album, where the programme is one of several. */
  readonly solution: MasterSolution;
}

/** A finished track. */
export interface MasteredTrack extends LargestPeaks {
  readonly sha256: string;
  /** Of the track alone; undefined for ambisonics. */
  readonly loudness: LoudnessResult | undefined;
}

/** A solution without the bulk that only the solver needs. */
export type MasterSolution = Omit<LoudnessSolution, 'result'> & {
  readonly result: Omit<PassResult, 'blockPowers'>;
};

/** One pass over all programmes of a target. */
interface TargetPass extends PassResult {
  readonly passes: readonly Pass[];
}

/**
 * Gain, limiter, dither and files of one target, repeated over its scratch files until loudness and ceiling
 * hold. Each pass writes its files under temporary names; only those of the pass that is kept are finished.
 */
export async function masterTarget(task: MasterTask, context: TaskContext): Promise<MasteredTarget[]> {
  const kernels = await loadKernels({ onWarning: context.onWarning });
  const { settings, maxReductionDb, programmes, layout } = task;
  const groups = limiterGroups(layout, programmes[0].scratch.channelCount);
  const limiter = { ceilingDbtp: settings.ceilingDbtp, groups, settings: settings.limiter };
  const open = new Set<ProgrammeFiles>();
  /** Where passes were over the ceiling [programme]: the limiter goes lower there in all that follow. */
  const dips = programmes.map((): readonly LimiterDip[] => []);
  try {
    const { result, ...solution } = await solveLoudness<TargetPass>({
      loudnessRule: settings.loudnessRule,
      loudnessLufs: settings.loudnessLufs,
      ceilingDbtp: settings.ceilingDbtp,
      ...albumProblem(programmes, limiter, task.albumLoudness),
      maxReductionDb,
      async runPass(pass) {
        const passes: Pass[] = [];
        for (const programme of programmes) {
          const number = passes.length;
          const made = await runPass({ ...task, ...programme }, pass, dips[number], kernels, context, open);
          passes.push(made);
          // Where no limiting is wanted, gain alone brings the overs down.
          if (hasLoudness(settings.loudnessRule)) dips[number] = deepenDips(dips[number], made.overs.dips);
        }
        const measureLufs = albumMeasure(programmes, task.albumLoudness);
        return {
          ...joinResults(
            passes.map(({ result }) => result),
            measureLufs,
          ),
          passes,
        };
      },
      async discard({ passes }) {
        for (const { files } of passes) await abort(files, open);
      },
    });
    const { passes, blockPowers: _, ...figures } = result;
    return await finishPasses(task, passes, { ...solution, result: figures });
  } catch (error) {
    for (const files of open) await abort(files, open);
    throw error;
  }
}

async function abort(files: ProgrammeFiles, open: Set<ProgrammeFiles>): Promise<void> {
  open.delete(files);
  await files.abort();
}

/** Gives all files their names, or none: what was there before is not brought back. */
async function finishPasses(
  { programmes, overwrite }: MasterTask,
  passes: readonly Pass[],
  solution: MasterSolution,
): Promise<MasteredTarget[]> {
  const mastered: MasteredTarget[] = [];
  try {
    for (const { files, trackFigures, result, limiter, reRender, loudness, ...peaks } of passes) {
      const hashes = await files.finish();
      const tracks = trackFigures.map((figures, index) => ({ ...figures, sha256: hashes[index] }));
      mastered.push({
        sha256: tracks.length > 0 ? '' : hashes[0],
        loudness,
        truePeakDbtp: peaks.truePeakDbtp,
        samplePeakDbfs: peaks.samplePeakDbfs,
        maxReductionDb: result.maxReductionDb,
        limiter,
        reRender,
        tracks,
        solution,
      });
    }
    return mastered;
  } catch (error) {
    if (!overwrite) for (const file of programmes.flatMap(outFilesOf)) await rm(file, { force: true });
    throw error;
  }
}

/** Files that a programme becomes. */
export const outFilesOf = ({ outFile, tracks }: ProgrammeTask): string[] =>
  tracks?.map((track) => track.outFile) ?? [outFile];
