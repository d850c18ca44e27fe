import { availableParallelism, tmpdir } from 'node:os';
import { AbortedError } from '../base/errors.ts';
import { createBlockSender } from './block-channel.ts';
import { finishTargets } from './finish-targets.ts';
import { deliveryFrames, deliveryRateHz, type MasterJob } from './master-job.ts';
import type { MasteredTarget } from './master-target.ts';
import { addBus, reRenderLayout, type Plan, type PlannedBus } from './plan.ts';
import { defaultBlockFrames, type FrameSource } from './pump.ts';
import { renderBuses, type BusTask, type RenderedBuses, type RenderTask } from './render-buses.ts';
import { startSceneOutputs, type SceneOutputFiles } from './scene-outputs.ts';
import { checkScratchSpace, removeScratch, scratchBytes, type ScratchDescription } from './scratch.ts';
import type { JobTask } from './worker.ts';
import { openWorkerPool, type WorkerPool } from './worker-pool.ts';

/** Everything that was measured. */
export interface MasterFigures extends RenderedBuses {
  /** In the order of the plan's targets. */
  readonly mastered: readonly MasteredTarget[];
}

/**
 * The render pass of each job, and the finishing of all targets, on as many threads as are wanted. Jobs of one
 * call share the gain of each target; all their scratch files are kept until then.
 * @param jobs one, or those of an album, with the same targets
 */
export async function runMasterPasses(jobs: readonly MasterJob[]): Promise<MasterFigures[]> {
  const [{ options }] = jobs;
  const scratchDir = options.scratchDir ?? tmpdir();
  const sizes = jobs.flatMap((job) =>
    job.plan.targets.map(({ channelCount }, index) =>
      scratchBytes({ channelCount, frameCount: deliveryFrames(job, index) }),
    ),
  );
  await checkScratchSpace(
    scratchDir,
    sizes.reduce((sum, size) => sum + size, 0),
  );
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
    const rendered: RenderedBuses[] = [];
    for (const job of jobs) rendered.push(await renderAndWrite(job, pool, scratchDir, scratches));
    const mastered = await finishTargets(
      jobs,
      rendered.map(({ targets }) => targets),
      pool,
    );
    return rendered.map((buses, index) => ({ ...buses, mastered: mastered[index] }));
  } finally {
    await pool.close();
    for (const scratch of scratches) await removeScratch(scratch);
  }
}

/** The render pass, and the scenes that are written of the same read. @param scratches receives the files that were made */
async function renderAndWrite(
  job: MasterJob,
  pool: WorkerPool,
  scratchDir: string,
  scratches: ScratchDescription[],
): Promise<RenderedBuses> {
  const sceneFiles = await startSceneOutputs(job.sceneOutputs, job.options.onWarning);
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
  const [own, ...others] = shares.map((buses, index): RenderTask => ({
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
  const senders = others.map(() =>
    createBlockSender(channelCount, options.blockFrames ?? defaultBlockFrames),
  );
  const source: FrameSource = {
    async read(block) {
      const frameCount = await reader.read(block);
      await sceneFiles.write({ channels: block.channels, frameCount });
      for (const sender of senders) await sender.send({ channels: block.channels, frameCount });
      return frameCount;
    },
  };
  reader.seek(excerpt.startFrame);
  const keep = (rendered: RenderedBuses): RenderedBuses => {
    scratches.push(...rendered.targets.map(({ scratch }) => scratch));
    return rendered;
  };
  const context = { signal: pool.signal, onWarning: options.onWarning, onProgress: options.onProgress };
  const closeAll = (error: Error): void => senders.forEach((sender) => sender.close(error));
  const parts = await settleAll(
    [
      renderBuses(own, source, context).then(keep),
      ...others.map((render, index) => {
        const input = senders[index].receiverEnd;
        return pool.run<JobTask, RenderedBuses>({ kind: 'render', render, input }, [input.port]).then(keep);
      }),
    ],
    (error) => {
      pool.stop();
      closeAll(error);
    },
  );
  closeAll(new AbortedError());
  return {
    targets: parts.flatMap(({ targets }) => targets),
    reRender: parts.find((part) => part.reRender)?.reRender,
  };
}

/** Waits until all have ended; tells of the first failure at once, and throws it at the end. */
async function settleAll<T>(
  promises: readonly Promise<T>[],
  onFailure: (error: Error) => void,
): Promise<T[]> {
  let failure: Error | undefined;
  const watched = promises.map((promise) =>
    promise.catch((error: Error) => {
      if (!failure) onFailure((failure = error));
      throw error;
    }),
  );
  await Promise.allSettled(watched);
  if (failure) throw failure;
  return Promise.all(watched);
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

/** Work of a bus, roughly: convolving a track costs as much as mixing and metering some channels. */
function costOf({ bus }: BusTask, trackCount: number): number {
  switch (bus.format.kind) {
    case 'loudspeakers':
      return bus.channelCount;
    case 'binaural':
      return 2 * trackCount;
    case 'ambisonics':
      return 3 * bus.channelCount;
  }
}

/** Shares buses out among threads, the costliest first to the one with the least; the first thread also reads. */
function shareBuses(tasks: readonly BusTask[], threadCount: number, trackCount: number): BusTask[][] {
  const shares: BusTask[][] = Array.from(
    { length: Math.max(1, Math.min(threadCount, tasks.length)) },
    () => [],
  );
  const loads = shares.map((_, index) => (index === 0 ? trackCount / 2 : 0));
  const sorted = [...tasks].sort((a, b) => costOf(b, trackCount) - costOf(a, trackCount));
  for (const task of sorted) {
    const least = loads.indexOf(Math.min(...loads));
    shares[least].push(task);
    loads[least] += costOf(task, trackCount);
  }
  return shares;
}
