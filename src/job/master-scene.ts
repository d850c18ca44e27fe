import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import { formatReport, type MasterReport } from '../deliver/report.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { loadDefaultHrtf } from '../io/packed/packed-hrtf.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { BitDepth } from '../master/dither.ts';
import type { Recipe } from '../master/recipe.ts';
import { resolveTargetSettings, type TargetSettings } from '../master/target-settings.ts';
import type { Measurement } from '../meter/measure.ts';
import { createRenderer } from '../render/renderer.ts';
import { masterTarget, type MasteredTarget, type MasterTask } from './master-target.ts';
import { createAmbisonicTap, createMeterTap, foldTap } from './taps.ts';
import {
  addBus,
  planTargets,
  reRenderLayout,
  type Plan,
  type PlannedBus,
  type PlannedTarget,
} from './plan.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type Lane, type Tap } from './pump.ts';
import { readRecipe } from './read-recipe.ts';
import { defaultTargets } from './render-scene.ts';
import { masterReport, type RenderedFigures } from './master-report.ts';
import {
  deliverableName,
  excerptOf,
  openJobScene,
  prepareOutputs,
  resolveTargets,
  type Excerpt,
  type SceneJobOptions,
} from './scene-job.ts';
import { checkScratchSpace, createScratch, scratchBytes, type Scratch } from './scratch.ts';
import { runOnWorkers } from './worker-pool.ts';

/** Options of `masterScene`. */
export interface MasterSceneOptions extends SceneJobOptions {
  /** Recipe: a file (YAML or JSON), or the recipe itself. */
  readonly recipe?: string | Recipe | undefined;
  /** Loudness by target name, "*" for all that have one; over the recipe. */
  readonly loudnessLufs?: Readonly<Record<string, number>> | undefined;
  /** Ceiling by target name, "*" for all; over the recipe. */
  readonly ceilingDbtp?: Readonly<Record<string, number>> | undefined;
  readonly bitDepth?: BitDepth | undefined;
  /** Most limiting that is allowed; default 6. */
  readonly maxReductionDb?: number | undefined;
  /** Threads for finishing targets; as many as the machine has. Changes nothing but speed. */
  readonly threads?: number | undefined;
  /** Folder for temporary audio; the system's temporary folder. */
  readonly scratchDir?: string | undefined;
  /** Names the report `<scene>.report.json`, so that several scenes can share a folder. */
  readonly reportPrefix?: boolean | undefined;
}

/** What a mastering job did. */
export interface MasterResult {
  readonly report: MasterReport;
  readonly reportFile: string;
}

/**
 * Masters a scene to all targets: one read of the stems renders every bus, then each target is finished on
 * its own (gain, true-peak limiter, dither, file) in a closed loop until its loudness and ceiling hold.
 * @throws SceneError, FormatError, LayoutError, ConfigError for bad input; OutputError when something cannot
 * be written; AbortedError when the signal stops it. No file is left half written.
 */
export async function masterScene(options: MasterSceneOptions): Promise<MasterResult> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const recipe = typeof options.recipe === 'string' ? await readRecipe(options.recipe) : options.recipe;
  const targets = resolveTargets(options.targets ?? recipeTargets(recipe) ?? defaultTargets);
  const plan = planTargets(targets, {
    channelOrder: options.channelOrder ?? 'wav',
    fold: options.fold ?? {},
  });
  const settings = plan.targets.map(({ target }) =>
    resolveTargetSettings(target, recipe, {
      loudnessLufs:
        options.loudnessLufs?.[target.name] ??
        (target.kind === 'ambisonics' ? undefined : options.loudnessLufs?.['*']),
      ceilingDbtp: options.ceilingDbtp?.[target.name] ?? options.ceilingDbtp?.['*'],
      bitDepth: options.bitDepth,
    }),
  );
  const reader = await openJobScene(options, kernels);
  try {
    checkRates(plan, settings, reader);
    const job: Job = { options, kernels, plan, settings, reader, excerpt: excerptOf(reader, options) };
    const sceneName = reader.scene.name;
    const reportName = options.reportPrefix ? deliverableName(sceneName, 'report', 'json') : 'report.json';
    const reportFile = join(options.outDir, reportName);
    if (options.dryRun) return { report: reportOf(job, undefined), reportFile };

    await prepareOutputs(
      options.outDir,
      [...plan.targets.map(({ target }) => deliverableName(sceneName, target.name)), reportName],
      options.overwrite ?? false,
    );
    const report = reportOf(job, await renderAndFinish(job));
    await writeFileAtomically(reportFile, formatReport(report), { overwrite: options.overwrite });
    return { report, reportFile };
  } finally {
    await reader.close();
  }
}

/** A recipe may ask for another sample rate than the scene's; that is not possible yet. */
function checkRates(
  plan: Plan,
  settings: readonly TargetSettings[],
  { file, sampleRateHz }: SceneReader,
): void {
  for (const [index, { target }] of plan.targets.entries()) {
    const wantedHz = settings[index].sampleRateHz;
    if (wantedHz === undefined || wantedHz === sampleRateHz) continue;
    throw new ConfigError(
      'sample-rate',
      `${target.name} is to have ${wantedHz} Hz, but ${file} has ${sampleRateHz} Hz; only the scene's own rate is possible`,
    );
  }
}

/** What the steps of one job share. */
interface Job {
  readonly options: MasterSceneOptions;
  readonly kernels: Kernels;
  readonly plan: Plan;
  /** [target] */
  readonly settings: readonly TargetSettings[];
  readonly reader: SceneReader;
  readonly excerpt: Excerpt;
}

/** Everything that was measured, by target of the plan. */
interface JobFigures {
  readonly rendered: readonly RenderedTarget[];
  readonly mastered: readonly MasteredTarget[];
  /** The 5.1 re-render at unity gain, where a loudspeaker target wants it. */
  readonly reRender: Measurement | undefined;
}

/** A rendered bus: its scratch file, and its figures at unity gain. */
interface RenderedTarget extends RenderedFigures {
  readonly scratch: Scratch;
}

/** The job's report; without figures (a dry run) it says what would be made. */
function reportOf(
  { options, plan, settings, reader, excerpt }: Job,
  figures: JobFigures | undefined,
): MasterReport {
  return masterReport({
    scene: options.scene,
    durationSec: excerpt.frameCount / reader.sampleRateHz,
    sampleRateHz: reader.sampleRateHz,
    targets: plan.targets.map((planned, index) => ({
      planned,
      settings: settings[index],
      file: deliverableName(reader.scene.name, planned.target.name),
      rendered: figures?.rendered[index],
      mastered: figures?.mastered[index],
    })),
    reRender: figures?.reRender,
  });
}

const recipeTargets = (recipe: Recipe | undefined): string[] | undefined => {
  const names = Object.keys(recipe?.targets ?? {});
  return names.length > 0 ? names : undefined;
};

async function renderAndFinish(job: Job): Promise<JobFigures> {
  const { plan, excerpt, options } = job;
  const scratchDir = options.scratchDir ?? tmpdir();
  const sizes = plan.targets.map(({ channelCount }) => ({ channelCount, frameCount: excerpt.frameCount }));
  await checkScratchSpace(
    scratchDir,
    sizes.reduce((sum, size) => sum + scratchBytes(size), 0),
  );
  const scratches: Scratch[] = [];
  try {
    for (const size of sizes) scratches.push(await createScratch(scratchDir, size));
    const { rendered, reRender } = await renderBuses(job, scratches);
    return { rendered, reRender, mastered: await finishTargets(job, rendered) };
  } finally {
    for (const scratch of scratches) await scratch.dispose();
  }
}

/** The render pass: every bus in one read of the stems, into scratch files and meters. */
async function renderBuses(job: Job, scratches: readonly Scratch[]): Promise<Omit<JobFigures, 'mastered'>> {
  const { plan, reader, kernels, excerpt, options } = job;
  const { sampleRateHz } = reader;
  const buses: PlannedBus[] = [...plan.buses];
  const wantsReRender = plan.targets.some(({ target }) => target.kind === 'loudspeakers');
  const reRenderBus = wantsReRender ? addBus(buses, { kind: 'loudspeakers', layout: reRenderLayout() }) : -1;
  // Ambisonics are heard for headphones too: their decodes must hold the ceiling.
  const needsHrtf = buses.some((bus) => bus.format.kind !== 'loudspeakers');
  const hrtf = needsHrtf ? await loadDefaultHrtf(sampleRateHz) : undefined;

  const finishers: (() => RenderedTarget)[] = [];
  const tapsOfBus: Tap[][] = buses.map(() => []);
  for (const [index, planned] of plan.targets.entries()) {
    const { tap, finish } = createTargetTap(planned, scratches[index], job, hrtf);
    finishers.push(finish);
    tapsOfBus[planned.busIndex].push(foldTap(planned, buses[planned.busIndex].channelCount, kernels, tap));
  }
  const reRenderMeter = wantsReRender
    ? createMeterTap({ kernels, sampleRateHz, layout: reRenderLayout() })
    : undefined;
  if (reRenderMeter) tapsOfBus[reRenderBus].push(reRenderMeter);

  const lanes: Lane[] = buses.map((bus, index) => ({
    processor: createRenderer({
      scene: reader.scene,
      format: bus.format,
      sampleRateHz,
      kernels,
      hrtf,
      startSample: excerpt.startFrame,
      onWarning: options.onWarning,
    }),
    taps: tapsOfBus[index],
  }));
  reader.seek(excerpt.startFrame);
  await pump({
    source: reader,
    channelCount: reader.channelCount,
    frameCount: excerpt.frameCount,
    lanes,
    blockFrames: options.blockFrames,
    signal: options.signal,
    onProgress: createProgressReporter(options.onProgress, 'render', reader.scene.name),
  });
  for (const scratch of scratches) await scratch.flush();
  return { rendered: finishers.map((finish) => finish()), reRender: reRenderMeter?.finish() };
}

/** What listens to one target's bus: its scratch file and its meters. */
function createTargetTap(
  { layout, target }: PlannedTarget,
  scratch: Scratch,
  { kernels, reader: { sampleRateHz } }: Job,
  hrtf: HrtfSet | undefined,
): { tap: Tap; finish: () => RenderedTarget } {
  const store = (meter: Tap): Tap => ({
    async take(block) {
      await scratch.write(block);
      await meter.take(block);
    },
  });
  if (target.kind === 'ambisonics') {
    const meter = createAmbisonicTap({ kernels, sampleRateHz, order: target.order, hrtf });
    return {
      tap: store(meter),
      finish: () => {
        const { truePeakDbtp, decodes } = meter.finish();
        return { scratch, unlimited: { integratedLufs: -Infinity, truePeakDbtp }, decodes };
      },
    };
  }
  const meter = createMeterTap({ kernels, sampleRateHz, layout: layout!, truePeakMode: 'precise' });
  return { tap: store(meter), finish: () => ({ scratch, unlimited: meter.finish(), decodes: [] }) };
}

/** The layout stages of all targets, on worker threads where there are several of both. */
async function finishTargets(job: Job, rendered: readonly RenderedTarget[]): Promise<MasteredTarget[]> {
  const { plan, options } = job;
  const tasks = plan.targets.map((planned, index) => taskOf(job, planned, index, rendered[index]));
  const threads = Math.min(options.threads ?? availableParallelism(), tasks.length);
  const context = { onWarning: options.onWarning, onProgress: options.onProgress, signal: options.signal };
  // Without a build (tests of the sources) there is no worker to load.
  const workerModule = new URL('./worker.js', import.meta.url);
  if (threads <= 1 || import.meta.url.endsWith('.ts')) {
    const results: MasteredTarget[] = [];
    for (const task of tasks) results.push(await masterTarget(task, context));
    return results;
  }
  // The longest task first, so that no thread is left with it at the end.
  const order = tasks
    .map((_, index) => index)
    .sort((a, b) => tasks[b].scratch.channelCount - tasks[a].scratch.channelCount);
  const sorted = await runOnWorkers<MasterTask, MasteredTarget>(
    order.map((index) => tasks[index]),
    { module: workerModule, threads, ...context },
  );
  return tasks.map((_, index) => sorted[order.indexOf(index)]);
}

function taskOf(
  job: Job,
  planned: PlannedTarget,
  index: number,
  { scratch, unlimited }: RenderedTarget,
): MasterTask {
  const { options, reader, settings } = job;
  return {
    target: planned.target.name,
    scratch: scratch.description,
    sampleRateHz: reader.sampleRateHz,
    settings: settings[index],
    maxReductionDb: options.maxReductionDb,
    unlimited,
    layout: planned.layout,
    outFile: join(options.outDir, deliverableName(reader.scene.name, planned.target.name)),
    overwrite: options.overwrite ?? false,
    channelMask: planned.channelMask,
    fileChannels: planned.fileChannels,
    blockFrames: options.blockFrames,
  };
}
