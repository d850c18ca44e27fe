import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { containerOf } from '../io/wav/wav-writer.ts';
import { deliverableNames, deliveryRateHz, type MasterJob } from './master-job.ts';
import { masterTarget, outFilesOf, type MasteredTarget, type MasterTask } from './master-target.ts';
import type { ProgrammeTask } from './master-pass.ts';
import type { RenderedTarget } from './render-buses.ts';
import type { JobTask } from './worker.ts';
import { runTasks, type WorkerPool } from './worker-pool.ts';

/**
 * The layout stages of all targets, this thread and the workers taking one after another. On failure the
 * deliverables that were finished are taken away again, unless they replaced older ones.
 * @param rendered [job], in any order of targets
 * @returns [job][target]
 */
export async function finishTargets(
  jobs: readonly MasterJob[],
  rendered: readonly (readonly RenderedTarget[])[],
  pool: WorkerPool,
): Promise<MasteredTarget[][]> {
  const [{ plan, options }] = jobs;
  const tasks = plan.targets.map((_, index) => taskOf(jobs, rendered, index));
  // The longest task first, so that no thread is left with it at the end.
  const channelCounts = plan.targets.map(({ channelCount }) => channelCount);
  const order = [...tasks.keys()].sort((a, b) => channelCounts[b] - channelCounts[a]);
  const context = { signal: pool.signal, onWarning: options.onWarning, onProgress: options.onProgress };
  const finished: string[] = [];
  const keep = (mastered: MasteredTarget[], { programmes }: MasterTask): MasteredTarget[] => {
    finished.push(...programmes.flatMap(outFilesOf));
    return mastered;
  };
  const here = async (task: MasterTask): Promise<MasteredTarget[]> =>
    keep(await masterTarget(task, context), task);
  const there = async (task: MasterTask): Promise<MasteredTarget[]> =>
    keep(await pool.run<JobTask, MasteredTarget[]>({ kind: 'master', master: task }), task);
  const runners = [
    here,
    ...Array.from({ length: Math.min(pool.workerCount, tasks.length - 1) }, () => there),
  ];
  const inOrder = order.map((index) => tasks[index]);
  const sorted = await runTasks(inOrder, runners, pool.stop).catch(async (error: unknown) => {
    if (!options.overwrite) for (const file of finished) await rm(file, { force: true });
    throw error;
  });
  return jobs.map((_, job) => tasks.map((_, index) => sorted[order.indexOf(index)][job]));
}

function taskOf(
  jobs: readonly MasterJob[],
  rendered: readonly (readonly RenderedTarget[])[],
  index: number,
): MasterTask {
  const [{ options, plan, settings, recipe }] = jobs;
  const planned = plan.targets[index];
  const target = planned.suffix;
  return {
    target,
    settings: settings[index],
    maxReductionDb: options.maxReductionDb,
    albumLoudness: options.albumLoudness,
    layout: planned.layout,
    measuredOn: planned.measuredOn,
    overwrite: options.overwrite ?? false,
    container: containerOf(options.largeFileForm ?? 'rf64'),
    recipeSha256: recipe?.sha256,
    channelMask: planned.channelMask,
    fileChannels: planned.fileChannels,
    blockFrames: options.blockFrames,
    programmes: jobs.map((job, number) =>
      programmeOf(
        job,
        rendered[number].find((bus) => bus.target === target)!,
        index,
      ),
    ),
  };
}

function programmeOf(job: MasterJob, { scratch, unlimited }: RenderedTarget, index: number): ProgrammeTask {
  const { outDir } = job.options;
  const { whole, tracks } = deliverableNames(job, index);
  return {
    scratch,
    unlimited,
    sampleRateHz: deliveryRateHz(job, index),
    outFile: join(outDir, whole),
    tracks: tracks?.map(({ file, startFrame, frameCount }) => ({
      outFile: join(outDir, file),
      startFrame,
      frameCount,
    })),
  };
}
