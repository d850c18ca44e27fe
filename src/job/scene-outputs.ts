import { join } from 'node:path';
import type { AudioBlock } from '../base/audio-block.ts';
import { ConfigError, type WarningHandler } from '../base/errors.ts';
import type { RecipeIdentity } from '../deliver/manifest.ts';
import type { AudioWriter } from '../io/audio-file.ts';
import { withoutStatedLoudness } from '../io/adm/stated-loudness.ts';
import { hashFile } from '../io/hash-file.ts';
import { sceneFormats, type SceneFormatName } from '../io/scene-formats.ts';
import type { ScenePlan, StatedLoudness } from '../io/scene-writer.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { checkOutputs } from './convert-scene.ts';
import { fittingFormat } from './convert-format.ts';
import { isSceneTarget, type SceneTargetName } from '../master/targets.ts';
import type { MasteredReader } from './mastered-reader.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { createProgressReporter } from './progress.ts';
import { recipeMark } from './recipe-mark.ts';
import { deliverableName, type Excerpt } from './scene-job.ts';
import type { SceneTarget } from './scene-level.ts';
import { creationTool } from './version.ts';

/** Targets that are scenes: the mastered tracks with the scene's own metadata. */
const sceneTargets = {
  // The flavour of an ADM BWF that was read; a Dolby Atmos master of all else.
  adm: { formats: ['adm-dolby', 'adm-itu'], extension: 'wav' },
  'adm-dolby': { formats: ['adm-dolby'], extension: 'wav' },
  'adm-itu': { formats: ['adm-itu'], extension: 'wav' },
  damf: { formats: ['damf'], extension: 'atmos' },
  stems: { formats: ['stems'], extension: 'scene.json' },
} as const satisfies Readonly<
  Record<SceneTargetName, { readonly formats: readonly SceneFormatName[]; readonly extension: string }>
>;

/**
 * Takes the targets that are scenes out of those that are rendered.
 * @throws ConfigError 'repeated-target'
 */
export function splitTargets(names: readonly string[]): {
  readonly scenes: readonly SceneTargetName[];
  readonly renders: readonly string[];
} {
  const scenes = names.filter(isSceneTarget);
  const repeated = scenes.find((name, index) => scenes.indexOf(name) !== index);
  if (repeated !== undefined) throw new ConfigError('repeated-target', `target "${repeated}" is named twice`);
  return { scenes, renders: names.filter((name) => !isSceneTarget(name)) };
}

/** A scene that is to be written. */
export interface SceneOutput {
  readonly target: SceneTarget;
  readonly format: SceneFormatName;
  readonly plan: ScenePlan;
  /** SHA-256 of its files by path: of some when it is written, of all after `hashSceneOutputs`. */
  readonly hashes: Map<string, string>;
}

/**
 * Plans how the mastered scene is written to each format. Its audio is as long as it needs: 24-bit integers, or 32-bit
 * float where the format holds them.
 * @throws UnsupportedError for what a format cannot hold; ConfigError 'scene-excerpt' for parts of a scene, whose
 * metadata counts from its start; OutputError where a file is one of those that are read
 */
export async function planSceneOutputs(
  targets: readonly SceneTarget[],
  reader: MasteredReader,
  { frameCount }: Pick<Excerpt, 'frameCount'>,
  { outDir, overwrite = false, dryRun = false, largeFileForm, onWarning }: MasterSceneOptions,
  kernels: Kernels,
  recipe: RecipeIdentity | undefined,
): Promise<SceneOutput[]> {
  if (targets.length > 0 && frameCount < reader.frameCount)
    throw new ConfigError(
      'scene-excerpt',
      `target "${targets[0]!.name}" is a whole scene, and an excerpt was asked for; one of both is allowed`,
    );
  const outputs: SceneOutput[] = [];
  const unstated = withoutStatedLoudness(reader.scene);
  for (const target of targets) {
    const { formats, extension } = sceneTargets[target.name];
    const format = fittingFormat(formats, reader.scene);
    const file = join(outDir, deliverableName(reader.scene.name, target.name, extension));
    const hashes = new Map<string, string>();
    const isAsRead = reader.isIdle && !target.level;
    const isStatedAnew = target.level !== undefined && sceneFormats[format].statesLoudness;
    const lost = unstated.places.filter((place) => !(isStatedAnew && place === 'audioProgramme'));
    if (!isAsRead) warnOfLoudness(file, reader.file, lost, onWarning);
    const plan = sceneFormats[format].plan(file, {
      ...{
        scene: isAsRead ? reader.scene : unstated.scene,
        kernels,
        sampleRateHz: reader.sampleRateHz,
        frameCount,
      },
      sources: isAsRead
        ? reader.stems
        : reader.stems.map((stem) => ({ ...stem, sampleFormat: 'float32', bitDepth: 32 })),
      ...{ tool: creationTool, overwrite, largeFileForm, onWarning },
      mark: recipe && ((form) => recipeMark({ ...form, recipeSha256: recipe.sha256 })),
      onHash: (path, sha256) => hashes.set(path, sha256),
    });
    await checkOutputs(plan.files, reader, overwrite || dryRun);
    outputs.push({ target, format, plan, hashes });
  }
  return outputs;
}

/** @param places that stated loudness, and do not any more */
function warnOfLoudness(
  file: string,
  source: string,
  places: readonly string[],
  onWarning: WarningHandler = () => undefined,
): void {
  if (places.length === 0) return;
  const message = `${file}: what ${source} states of the loudness of its own audio is left out (${places.join(', ')})`;
  onWarning({ code: 'loudness-dropped', message, file });
}

/** Reads those files of written scenes whose hashes are not known yet: their first bytes state what came last. */
export async function hashSceneOutputs(
  outputs: readonly SceneOutput[],
  { signal, onProgress }: Pick<MasterSceneOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  for (const { plan, hashes } of outputs)
    for (const file of plan.files) {
      if (hashes.has(file)) continue;
      const progress = createProgressReporter(onProgress, 'hash', file);
      hashes.set(file, (await hashFile(file, signal, progress)).sha256);
    }
}

/** The files of scenes being written, all from the same blocks. */
export interface SceneOutputFiles {
  write(block: AudioBlock): Promise<void>;
  /** @param loudness that the files state, where they were started to state it */
  finish(loudness?: StatedLoudness): Promise<void>;
  /** Removes what was written; does nothing after `finish`. */
  abort(): Promise<void>;
}

/** Starts the files of scenes. @throws OutputError */
export async function startSceneOutputs(
  outputs: readonly SceneOutput[],
  onWarning: WarningHandler = () => undefined,
): Promise<SceneOutputFiles> {
  const writers: AudioWriter[] = [];
  let stated: StatedLoudness = {};
  const abort = async (): Promise<void> => {
    for (const writer of writers) await writer.abort();
  };
  try {
    for (const { plan, target } of outputs)
      writers.push(await plan.start(target.level && ((): StatedLoudness => stated)));
  } catch (error) {
    await abort();
    throw error;
  }
  let peak = 0;
  return {
    abort,
    async write(block) {
      if (writers.length > 0) peak = Math.max(peak, peakOf(block));
      for (const writer of writers) await writer.write(block);
    },
    async finish(loudness = {}) {
      stated = loudness;
      for (const writer of writers) await writer.finish();
      const cut = outputs.filter(({ format }) => !sceneFormats[format].holdsFloat);
      if (peak <= 1 || cut.length === 0) return;
      const overDb = (20 * Math.log10(peak)).toFixed(2);
      const names = cut.map(({ target }) => target.name).join(', ');
      onWarning({
        code: 'scene-clipped',
        message: `${names}: tracks are up to ${overDb} dB over full scale after the scene stage and were cut there; turn them down at its end`,
      });
    },
  };
}

function peakOf({ channels, frameCount }: AudioBlock): number {
  let peak = 0;
  for (const samples of channels)
    for (let n = 0; n < frameCount; n++) peak = Math.max(peak, Math.abs(samples[n]));
  return peak;
}
