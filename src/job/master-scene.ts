import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { getProfile } from '../deliver/profiles.ts';
import { formatReport, type CodecPreview, type MasterReport } from '../deliver/report.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Recipe } from '../master/recipe.ts';
import { listEncoders, previewCodecs } from './codec-preview.ts';
import { profileTargets, settleDeliverables } from './deliverables.ts';
import { formatGainTrace } from './gain-trace-file.ts';
import { loadListening } from './listening.ts';
import { deliverableNames, sceneTraceName, type MasterJob } from './master-job.ts';
import { runMasterPasses, type MasterFigures } from './master-passes.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { masterReport } from './master-report.ts';
import { planTargets } from './plan.ts';
import { sceneFileReports } from './scene-file-report.ts';
import { isPlayedAsStereo } from './profile-outcome.ts';
import { identifyRecipe, readManifest, recordRun, type RunRecord } from './manifest-file.ts';
import { openMasteredScene, sceneStageReport } from './open-mastered-scene.ts';
import { readRecipe } from './read-recipe.ts';
import { defaultTargets } from './render-scene.ts';
import { relativePath } from './relative-path.ts';
import { hashSceneOutputs, planSceneOutputs, splitTargets } from './scene-outputs.ts';
import { settleSceneLevels } from './scene-level.ts';
import { sideChainFiles } from './side-chains.ts';
import { planFinishing } from './target-finishing.ts';
import { checkOverrides, targetOverrides } from './target-overrides.ts';
import { readTrackMarkers } from './track-markers.ts';
import {
  checkRateChange,
  deliverableName,
  excerptOf,
  planOptionsOf,
  prepareOutputs,
  resolveTargets,
} from './scene-job.ts';

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
  const job = await openMasterJob(options);
  try {
    return (await runMasterJobs([job]))[0];
  } finally {
    await job.reader.close();
  }
}

/** Opens a scene and settles all that can be settled before its audio is read; the caller closes its reader. */
export async function openMasterJob(options: MasterSceneOptions): Promise<MasterJob> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  // A missing ffmpeg is found before an hour of rendering, not after it.
  if (options.codecPreview && !options.dryRun) await listEncoders({ signal: options.signal });
  const recipe = typeof options.recipe === 'string' ? await readRecipe(options.recipe) : options.recipe;
  const profiles = [...new Set(options.profiles)].map(getProfile);
  const usual = profiles.length > 0 ? profileTargets(profiles) : (recipeTargets(recipe) ?? defaultTargets);
  const { scenes, renders } = splitTargets(options.targets ?? usual);
  const targets = resolveTargets(renders);
  checkOverrides(targets, scenes, options);
  const markers =
    typeof options.markers === 'string' ? await readTrackMarkers(options.markers) : options.markers;
  const reader = await openMasteredScene(options, recipe, kernels);
  try {
    const deliverables = settleDeliverables({
      targets,
      isAskedFor: options.targets !== undefined,
      profiles,
      writesScenes: scenes.length > 0,
      recipe,
      overridesOf: (target) => targetOverrides(target, options),
      sampleRateHz: reader.sampleRateHz,
      onWarning: options.onWarning,
    });
    const settings = deliverables.map((deliverable) => deliverable.settings);
    const plan = planTargets(
      deliverables.map(({ target }) => target),
      planOptionsOf(options, reader.scene),
      deliverables.map(({ variant }) => variant),
    );
    for (const { sampleRateHz } of settings) {
      if (sampleRateHz !== undefined) checkRateChange(reader.sampleRateHz, sampleRateHz);
    }
    const excerpt = excerptOf(reader, options);
    const finishings = plan.targets.map((planned, index) =>
      planFinishing(planned, settings[index], excerpt.frameCount, reader.sampleRateHz),
    );
    if (markers && finishings.some(({ edit }) => edit.headFrames > 0))
      throw new ConfigError(
        'trimmed-markers',
        'the programme is cut at markers, which count from its head, and its head is to be trimmed; one of both is allowed',
        { hint: 'put the first marker where the first track is to begin' },
      );
    const identity = await identifyRecipe(options.recipe, options.outDir);
    const sceneTargets = settleSceneLevels(scenes, {
      ...{ recipe, profiles, options, rendersTargets: targets.length > 0 },
      sampleRateHz: reader.sampleRateHz,
    });
    const sceneOutputs = await planSceneOutputs(sceneTargets, reader, excerpt, options, kernels, identity);
    const listening = await loadListening(options, plan, reader.sampleRateHz, kernels);
    const wantedBy = deliverables.map((deliverable) => deliverable.profiles);
    return {
      ...{ options, plan, settings, finishings, profiles: wantedBy },
      ...{ reader, excerpt, sceneOutputs, listening, markers },
      recipe: identity,
      sideChains: sideChainFiles(recipe, options),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Runs jobs whose targets share their gains, and writes a report for each. */
export async function runMasterJobs(jobs: readonly MasterJob[]): Promise<MasterResult[]> {
  const [{ options }] = jobs;
  const reportNames = jobs.map(({ reader: { scene } }) =>
    options.reportPrefix ? deliverableName(scene.name, 'report', 'json') : 'report.json',
  );
  const names = jobs.flatMap((job) => job.plan.targets.map((_, index) => deliverableNames(job, index)));
  const results = (figures: readonly MasterFigures[], previews: readonly Previews[]): MasterResult[] =>
    jobs.map((job, index) => ({
      report: reportOf(job, jobs.length, figures[index], previews[index]),
      reportFile: join(options.outDir, reportNames[index]),
    }));
  if (options.dryRun) return results([], []);

  const fileNames = names.flatMap(({ whole, tracks }) => tracks?.map(({ file }) => file) ?? [whole]);
  const sceneNames = jobs.flatMap(({ sceneOutputs }) =>
    sceneOutputs.flatMap(({ plan }) => plan.files.map((file) => relativePath(options.outDir, file))),
  );
  const sceneTraces = jobs.flatMap((job) =>
    job.sceneOutputs.flatMap((output) => sceneTraceName(job, output) ?? []),
  );
  const besideNames = [...names.flatMap(({ gainTrace }) => gainTrace ?? []), ...sceneTraces];
  await prepareOutputs(
    options.outDir,
    [...fileNames, ...sceneNames, ...besideNames, ...reportNames],
    options.overwrite ?? false,
  );
  await readManifest(options.outDir);
  const figures = await runMasterPasses(jobs);
  for (const [index, job] of jobs.entries()) {
    await writeGainTraces(job, figures[index]);
    await hashSceneOutputs(job.sceneOutputs, options);
  }
  const previews: Previews[] = [];
  for (const job of jobs) previews.push(await previewsOf(job));
  const written = results(figures, previews);
  for (const { report, reportFile } of written) {
    await writeFileAtomically(reportFile, formatReport(report), { overwrite: options.overwrite });
  }
  for (const [index, job] of jobs.entries()) {
    const { report } = written[index]!;
    const files = [...deliveredFiles(report), { path: reportNames[index]! }];
    await recordRun({ ...job, command: 'master', files });
  }
  return written;
}

/** The files of a report, with their hashes. */
const deliveredFiles = ({ targets, sceneFiles = [] }: MasterReport): RunRecord['files'] => [
  ...targets.flatMap(({ target, limiter, tracks, ...whole }) => [
    ...(tracks ?? [whole]).map(({ file, sha256, integratedLufs, truePeakDbtp }) => ({
      ...{ path: file, target, sha256, integratedLufs, truePeakDbtp },
    })),
    ...(limiter?.traceFile ? [{ path: limiter.traceFile }] : []),
  ]),
  ...sceneFiles.flatMap(({ target, files, loudness }) => [
    ...files.map(({ file, sha256 }) => ({ path: file, target, sha256 })),
    ...(loudness?.limiter.traceFile ? [{ path: loudness.limiter.traceFile }] : []),
  ]),
];

/** The reductions of each limiter that had work, where they are asked for; one of an earlier run goes. */
async function writeGainTraces(job: MasterJob, { mastered, leveled }: MasterFigures): Promise<void> {
  const { outDir, overwrite } = job.options;
  const traces = [
    ...mastered.map(({ limiter }, index) => ({ limiter, name: deliverableNames(job, index).gainTrace })),
    ...job.sceneOutputs.map((output, index) => ({
      limiter: leveled[index]?.limiter,
      name: sceneTraceName(job, output),
    })),
  ];
  for (const { limiter, name } of traces) {
    if (name === undefined) continue;
    const file = join(outDir, name);
    if (limiter) await writeFileAtomically(file, formatGainTrace(limiter), { overwrite });
    else if (overwrite) await rm(file, { force: true });
  }
}

/** What codecs make of each target; undefined where that was not asked for, or the target has no file to play. */
type Previews = readonly (readonly CodecPreview[] | undefined)[];

async function previewsOf(job: MasterJob): Promise<Previews> {
  const { options, plan } = job;
  const { scratchDir, signal } = options;
  const previews: (CodecPreview[] | undefined)[] = [];
  for (const [index, planned] of plan.targets.entries()) {
    const { whole, tracks } = deliverableNames(job, index);
    const isWanted = options.codecPreview === true && isPlayedAsStereo(planned) && !tracks;
    previews.push(
      isWanted ? await previewCodecs(join(options.outDir, whole), { scratchDir, signal }) : undefined,
    );
  }
  return previews;
}

/** The job's report; without figures (a dry run) it says what would be made. */
function reportOf(
  job: MasterJob,
  sceneCount: number,
  figures: MasterFigures | undefined,
  previews: Previews | undefined,
): MasterReport {
  const { options, plan, settings, finishings, reader } = job;
  const album =
    sceneCount > 1 ? { sceneCount, measured: options.albumLoudness ?? ('together' as const) } : undefined;
  return masterReport({
    scene: options.scene,
    recipe: job.recipe,
    sampleRateHz: reader.sampleRateHz,
    sceneStage: sceneStageReport(reader),
    sceneFiles: sceneFileReports(job, figures?.leveled ?? [], album),
    targets: plan.targets.map((planned, index) => ({
      planned,
      settings: settings[index],
      edit: finishings[index].edit,
      names: deliverableNames(job, index),
      rendered: figures?.targets.find(({ target }) => target === planned.suffix),
      mastered: figures?.mastered[index],
      profiles: job.profiles[index],
      codecPreviews: previews?.[index],
    })),
    reRender: figures?.reRender,
    album,
  });
}

const recipeTargets = (recipe: Recipe | undefined): string[] | undefined => {
  const names = Object.keys(recipe?.targets ?? {});
  return names.length > 0 ? names : undefined;
};
