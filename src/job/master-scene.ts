import { join } from 'node:path';
import { formatReport, type MasterReport } from '../deliver/report.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Recipe } from '../master/recipe.ts';
import { hasLoudness } from '../master/loudness-solver.ts';
import { resolveTargetSettings, type TargetOverrides } from '../master/target-settings.ts';
import type { Target } from '../master/targets.ts';
import { loadListening } from './listening.ts';
import { runMasterPasses, type MasterFigures, type MasterJob } from './master-passes.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { masterReport } from './master-report.ts';
import { planTargets } from './plan.ts';
import { readRecipe } from './read-recipe.ts';
import { defaultTargets } from './render-scene.ts';
import {
  checkRateChange,
  deliverableName,
  excerptOf,
  openJobScene,
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
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const recipe = typeof options.recipe === 'string' ? await readRecipe(options.recipe) : options.recipe;
  const targets = resolveTargets(options.targets ?? recipeTargets(recipe) ?? defaultTargets);
  const plan = planTargets(targets, {
    channelOrder: options.channelOrder ?? 'wav',
    fold: options.fold ?? {},
    ambisonics: options.rendering?.ambisonics,
  });
  const settings = plan.targets.map(({ target }) =>
    resolveTargetSettings(target, recipe, targetOverrides(target, options)),
  );
  const reader = await openJobScene(options, kernels);
  try {
    for (const { sampleRateHz } of settings) {
      if (sampleRateHz !== undefined) checkRateChange(reader.sampleRateHz, sampleRateHz);
    }
    const excerpt = excerptOf(reader, options);
    const listening = await loadListening(options, plan, reader.sampleRateHz, kernels);
    const job: MasterJob = { options, plan, settings, reader, excerpt, listening };
    const sceneName = reader.scene.name;
    const reportName = options.reportPrefix ? deliverableName(sceneName, 'report', 'json') : 'report.json';
    const reportFile = join(options.outDir, reportName);
    if (options.dryRun) return { report: reportOf(job, undefined), reportFile };

    await prepareOutputs(
      options.outDir,
      [...plan.targets.map(({ suffix }) => deliverableName(sceneName, suffix)), reportName],
      options.overwrite ?? false,
    );
    const report = reportOf(job, await runMasterPasses(job));
    await writeFileAtomically(reportFile, formatReport(report), { overwrite: options.overwrite });
    return { report, reportFile };
  } finally {
    await reader.close();
  }
}

/** The job's report; without figures (a dry run) it says what would be made. */
function reportOf(
  { options, plan, settings, reader, excerpt }: MasterJob,
  figures: MasterFigures | undefined,
): MasterReport {
  return masterReport({
    scene: options.scene,
    durationSec: excerpt.frameCount / reader.sampleRateHz,
    sampleRateHz: reader.sampleRateHz,
    targets: plan.targets.map((planned, index) => ({
      planned,
      settings: settings[index],
      file: deliverableName(reader.scene.name, planned.suffix),
      rendered: figures?.targets.find(({ target }) => target === planned.target.name),
      mastered: figures?.mastered[index],
    })),
    reRender: figures?.reRender,
  });
}

/** What the options say of a target by its name, or of all targets ("*") that can have it. */
function targetOverrides(target: Target, options: MasterSceneOptions): TargetOverrides {
  const isAmbisonic = target.kind === 'ambisonics';
  const ruleForAll = options.loudnessRule?.['*'];
  return {
    loudnessRule:
      options.loudnessRule?.[target.name] ??
      (isAmbisonic && ruleForAll && hasLoudness(ruleForAll) ? undefined : ruleForAll),
    loudnessLufs:
      options.loudnessLufs?.[target.name] ?? (isAmbisonic ? undefined : options.loudnessLufs?.['*']),
    ceilingDbtp: options.ceilingDbtp?.[target.name] ?? options.ceilingDbtp?.['*'],
    sampleRateHz: options.sampleRateHz,
    bitDepth: options.bitDepth,
    dither: options.dither,
  };
}

const recipeTargets = (recipe: Recipe | undefined): string[] | undefined => {
  const names = Object.keys(recipe?.targets ?? {});
  return names.length > 0 ? names : undefined;
};
