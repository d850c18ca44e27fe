import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConfigError, FormatError, LayoutError, OutputError, type WarningHandler } from '../base/errors.ts';
import { designResampler } from '../dsp/resampler.ts';
import { makeFolder } from '../io/atomic-file.ts';
import type { LargeFileForm } from '../io/wav/wav-writer.ts';
import type { ChannelOrder } from '../io/channel-order.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import { openScene } from '../io/stems/open-scene.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { getLayout } from '../layouts/built-in.ts';
import { parseLayout } from '../layouts/custom.ts';
import type { Layout } from '../layouts/layout.ts';
import { isLayoutPath, parseTarget, type Target } from '../master/targets.ts';
import { parseJsonText } from '../scene/json-text.ts';
import type { Scene } from '../scene/scene.ts';
import { ruleOfMaster, type StereoFoldOptions } from '../render/downmix/stereo-rules.ts';
import { surroundRuleOfMaster } from '../render/downmix/surround-rules.ts';
import { dividesBeds } from '../render/panner/bed-router.ts';
import type { RenderSettings } from '../render/render-settings.ts';
import type { ListeningFiles } from './listening.ts';
import type { PlanOptions } from './plan.ts';
import type { ProgressHandler } from './progress.ts';

/** Options of every job that renders a scene. */
export interface SceneJobOptions {
  /** Scene file, ADM BWF or audio file. */
  readonly scene: string;
  /** Target names; the command's defaults where undefined. */
  readonly targets?: readonly string[] | undefined;
  /** Folder for the deliverables; made if needed. */
  readonly outDir: string;
  readonly overwrite?: boolean | undefined;
  /** Plan only: nothing is rendered or written. */
  readonly dryRun?: boolean | undefined;
  /** Layout of a plain audio file that does not name its channels. */
  readonly layout?: string | undefined;
  /** Programme of an ADM file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  readonly allowOutside?: boolean | undefined;
  readonly fromSec?: number | undefined;
  readonly durationSec?: number | undefined;
  readonly channelOrder?: ChannelOrder | undefined;
  /** Form of files above 4 GiB; RF64 where undefined, BW64 for ADM. */
  readonly largeFileForm?: LargeFileForm | undefined;
  /** How stereo and mono are folded; the rule is that of the scene's master where none is given. */
  readonly fold?: StereoFoldOptions | undefined;
  readonly rendering?: RenderSettings | undefined;
  readonly listening?: ListeningFiles | undefined;
  /** Sample rate of all deliverables; that of the scene where undefined. */
  readonly sampleRateHz?: number | undefined;
  /** Frames a block; changes nothing but speed. */
  readonly blockFrames?: number | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The stretch of a scene that a job works on. */
export interface Excerpt {
  readonly startFrame: number;
  readonly frameCount: number;
}

/** Opens the scene of a job. */
export function openJobScene(options: SceneJobOptions, kernels: Kernels): Promise<SceneReader> {
  return openScene(options.scene, {
    kernels,
    layout: options.layout === undefined ? undefined : resolveLayout(options.layout),
    programme: options.programme,
    allowOutside: options.allowOutside,
    onWarning: options.onWarning ?? (() => {}),
  });
}

/** How a job plans its targets: as it is asked to, else as its scene states. */
export const planOptionsOf = (options: SceneJobOptions, scene: Scene): PlanOptions => ({
  channelOrder: options.channelOrder ?? 'wav',
  fold: foldOf(options, scene),
  surround: options.rendering?.trims?.surround ?? surroundRuleOfMaster(scene.delivery),
  hasDividedBeds: dividesBeds(scene),
  ambisonics: options.rendering?.ambisonics,
});

/** The fold-down that a job asks for, with what its scene states where it asks for nothing. */
function foldOf({ fold }: SceneJobOptions, { delivery }: Scene): StereoFoldOptions {
  const rule = fold?.rule ?? ruleOfMaster(delivery);
  // These two have no phase shift, whatever a master states for its own rule.
  const stated = rule === 'bs775' || rule === 'direct' ? undefined : delivery.phaseShift90;
  return { ...fold, rule, phaseShift: fold?.phaseShift ?? stated };
}

/**
 * Checks that deliverables can have a sample rate before anything is made.
 * @throws ConfigError 'sample-rate' outside 8000 to 192000 Hz; UnsupportedError 'sample-rates' for odd ratios
 */
export function checkRateChange(fromHz: number, toHz: number): void {
  if (toHz === fromHz) return;
  if (!(Number.isInteger(toHz) && toHz >= 8000 && toHz <= 192000)) {
    throw new ConfigError(
      'sample-rate',
      `sample rate ${toHz} Hz was asked for; a whole number from 8000 to 192000 is allowed`,
    );
  }
  designResampler(fromHz, toHz);
}

/** The part of the scene between --from and --duration, in frames. */
export function excerptOf(reader: SceneReader, options: SceneJobOptions): Excerpt {
  if (reader.frameCount === 0) {
    throw new FormatError('no-audio', `${options.scene} holds no audio: its length is 0 frames`, {
      file: options.scene,
    });
  }
  const startFrame = Math.round((options.fromSec ?? 0) * reader.sampleRateHz);
  const durationSec = reader.frameCount / reader.sampleRateHz;
  if (startFrame >= reader.frameCount) {
    throw new ConfigError(
      'empty-excerpt',
      `nothing to do: the start is ${options.fromSec ?? 0} s, but ${options.scene} lasts ${durationSec.toFixed(3)} s`,
    );
  }
  const wanted =
    options.durationSec === undefined ? Infinity : Math.round(options.durationSec * reader.sampleRateHz);
  if (wanted <= 0) throw new ConfigError('empty-excerpt', 'the duration must be above 0 s');
  return { startFrame, frameCount: Math.min(wanted, reader.frameCount - startFrame) };
}

/** Parses target names; paths are read as layout files. */
export const resolveTargets = (names: readonly string[]): Target[] =>
  names.map((name) => parseTarget(name, readLayoutFile));

/** A built-in layout by name, or one from a file. */
export const resolveLayout = (name: string): Layout =>
  isLayoutPath(name) ? readLayoutFile(name) : getLayout(name);

function readLayoutFile(file: string): Layout {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new LayoutError('layout-unreadable', `layout file cannot be read: ${(error as Error).message}`, {
      file,
    });
  }
  return parseLayout(parseJsonText(text, { file }), basename(file).replace(/(\.layout)?\.json$/i, ''));
}

/** Name of a deliverable: "song.7.1.4.wav". Characters that a file system may refuse become "_". */
export function deliverableName(sceneName: string, suffix: string, extension = 'wav'): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
  const safe = (text: string): string => text.replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_');
  return `${safe(sceneName)}.${safe(suffix)}.${extension}`;
}

/**
 * Makes the output folder and refuses at once what could only fail later: a folder that cannot be made, a
 * file that is there already.
 */
export async function prepareOutputs(
  outDir: string,
  fileNames: readonly string[],
  overwrite: boolean,
): Promise<void> {
  await makeFolder(outDir);
  const existing: string[] = [];
  for (const name of fileNames) {
    const found = await stat(join(outDir, name)).then(
      () => true,
      () => false,
    );
    if (found) existing.push(name);
  }
  if (existing.length > 0 && !overwrite) {
    throw new OutputError('output-exists', `${outDir} holds ${existing.join(', ')} already`, {
      hint: 'use --overwrite to replace them, or name another folder',
    });
  }
}
