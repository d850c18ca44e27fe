import { availableParallelism, tmpdir } from 'node:os';
import { shareBuses } from './bus-shares.ts';
import { finishTargets } from './finish-targets.ts';
import { deliveryFrames, deliveryRateHz, type MasterJob } from './master-job.ts';
import { recordedPeakBytes } from './level-scene.ts';
import { levelScenes, type LeveledScene } from './level-scenes.ts';
import type { MasteredTarget } from './master-target.ts';
import { addBus, reRenderLayout, type Plan, type PlannedBus } from './plan.ts';
import type { FrameSource } from './pump.ts';
import { renderBuses, type BusTask, type RenderedBuses, type RenderTask } from './render-buses.ts';
import { startSceneOutputs, type SceneOutputFiles } from './scene-outputs.ts';
import { checkScratchSpace, removeScratch, scratchBytes, type ScratchDescription } from './scratch.ts';
import { shareRead } from './shared-read.ts';
import type { JobTask } from './worker.ts';
import { openWorkerPool, type WorkerPool } from './worker-pool.ts';

/** Everything that was measured. */
export interface MasterFigures extends RenderedBuses {
  /** In the order of the plan's targets. */
  readonly mastered: readonly MasteredTarget[];
  /** In the order of the job's scenes; undefined where one is written as the effects leave it. */
  readonly leveled: readonly (LeveledScene | undefined)[];
}

/**
 * The render pass of each job, and the finishing of all targets, on as many threads as are wanted. Jobs of one
 * call share the gain of each target; all their scratch files are kept until then.
 * @param jobs one, or those of an album, with the same targets
 */
export async function runMasterPasses(jobs: readonly MasterJob[]): Promise<MasterFigures[]> {
  const [{ options }] = jobs;
  const scratchDir = options.scratchDir ?? tmpdir();
  await checkScratchSpace(scratchDir, scratchNeed(jobs));
  const pool = openWorkerPool({
    // Without a build (tests of the sources) there is no worker to load.
    workerCount: import.meta.url.endsWith('.ts') ? 0 : (options.threads ?? availableParallelism()) - 1,
    module: new URL('./worker.js', import.meta.url),
    signal: options.signal,
    onWarning: options.onWarning,
    onProgress: options.onProgress,
  });
  const scratches: ScratchDescription[] = [];
  try {
    const leveled = await levelOutputs(jobs, pool, scratchDir);
    const rendered: RenderedBuses[] = [];
    for (const job of jobs) rendered.push(await renderAndWrite(job, pool, scratchDir, scratches));
    const mastered = await finishTargets(
      jobs,
      rendered.map(({ targets }) => targets),
      pool,
    );
    return rendered.map((buses, index) => ({
      ...buses,
      mastered: mastered[index],
      leveled: leveled.map((scenes) => scenes?.[index]),
    }));
  } finally {
    await pool.close();
    for (const scratch of scratches) await removeScratch(scratch);
  }
}

/** Bytes that all buses take together, or before them the peaks of one scene after the other. */
function scratchNeed(jobs: readonly MasterJob[]): number {
  const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
  const buses = jobs.flatMap((job) =>
    job.plan.targets.map(({ channelCount }, index) =>
      scratchBytes({ channelCount, frameCount: deliveryFrames(job, index) }),
    ),
  );
  const peaks = jobs[0].sceneOutputs.map(({ target: { level } }) =>
    total(jobs.map(({ excerpt }) => (level ? recordedPeakBytes(level, excerpt.frameCount) : 0))),
  );
  return Math.max(total(buses), ...peaks);
}

/**
 * Writes the scenes that have a level, each for itself: what readers find in one form, and so its renders, may differ from
 * another.
 * @returns [scene][job], undefined for scenes without a level
 */
async function levelOutputs(
  jobs: readonly MasterJob[],
  pool: WorkerPool,
  scratchDir: string,
): Promise<(LeveledScene[] | undefined)[]> {
  const leveled: (LeveledScene[] | undefined)[] = [];
  for (const [index, { target }] of jobs[0].sceneOutputs.entries()) {
    const settings = target.level;
    const toLevel = settings && jobs.map((job) => ({ job, output: job.sceneOutputs[index], settings }));
    leveled.push(toLevel && (await levelScenes(toLevel, pool, scratchDir)));
  }
  return leveled;
}

/**
 * The render pass, and the scenes without a level that are written of the same read.
 * @param scratches receives the files that were made
 */
async function renderAndWrite(
  job: MasterJob,
  pool: WorkerPool,
  scratchDir: string,
  scratches: ScratchDescription[],
): Promise<RenderedBuses> {
  const outputs = job.sceneOutputs.filter(({ target }) => !target.level);
  if (job.plan.targets.length === 0 && outputs.length === 0) return { targets: [], reRender: undefined };
  const sceneFiles = await startSceneOutputs(outputs, job.options.onWarning);
  try {
    const rendered = await renderOnThreads(job, pool, scratchDir, scratches, sceneFiles);
    await sceneFiles.finish();
    return rendered;
  } catch (error) {
    await sceneFiles.abort();
    throw error;
  }
}

/**
 * The render pass: one read of the stems, each bus on one thread. This thread reads, and renders its share;
 * the others get a copy of every block.
 * @param scratches receives the files that were made
 */
async function renderOnThreads(
  job: MasterJob,
  pool: WorkerPool,
  scratchDir: string,
  scratches: ScratchDescription[],
  sceneFiles: SceneOutputFiles,
): Promise<RenderedBuses> {
  const { reader, excerpt, options, listening } = job;
  const { scene, sampleRateHz, channelCount } = reader;
  const deliveryRatesHz = Object.fromEntries(
    job.plan.targets.map(({ suffix }, index) => [suffix, deliveryRateHz(job, index)]),
  );
  const finishings = Object.fromEntries(
    job.plan.targets.map(({ suffix }, index) => [suffix, job.finishings[index]]),
  );
  const shares = shareBuses(busTasks(job.plan), pool.workerCount + 1, channelCount);
  const tasks = shares.map((buses, index): RenderTask => ({
    scene,
    sampleRateHz,
    deliveryRatesHz,
    finishings,
    ...excerpt,
    buses,
    ...listening,
    scratchDir,
    blockFrames: options.blockFrames,
    reportsProgress: index === 0,
  }));
  const source: FrameSource = {
    async read(block) {
      const frameCount = await reader.read(block);
      await sceneFiles.write({ channels: block.channels, frameCount });
      return frameCount;
    },
  };
  reader.seek(excerpt.startFrame);
  const context = { signal: pool.signal, onWarning: options.onWarning, onProgress: options.onProgress };
  const parts = await shareRead({
    ...{ pool, source, channelCount, tasks, blockFrames: options.blockFrames },
    runHere: (task, tracks) => renderBuses(task, tracks, context),
    jobTask: (render, input): JobTask => ({ kind: 'render', render, input }),
    onResult: ({ targets }) => void scratches.push(...targets.map(({ scratch }) => scratch)),
  });
  return {
    targets: parts.flatMap(({ targets }) => targets),
    reRender: parts.find((part) => part.reRender)?.reRender,
  };
}

/** Every bus of the plan with its targets; the 5.1 re-render is added where loudspeaker targets want it. */
function busTasks(plan: Plan): BusTask[] {
  const buses: PlannedBus[] = [...plan.buses];
  const wantsReRender = plan.targets.some(({ target }) => target.kind === 'loudspeakers');
  const measured = wantsReRender ? addBus(buses, { kind: 'loudspeakers', layout: reRenderLayout() }) : -1;
  return buses.map((bus, index) => ({
    bus,
    targets: plan.targets.filter(({ busIndex }) => busIndex === index),
    isMeasured: index === measured,
  }));
}
