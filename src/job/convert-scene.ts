import { dirname } from 'node:path';
import { AbortedError, OutputError, type Warning, type WarningHandler } from '../base/errors.ts';
import { makeFolder, removeFolders } from '../io/atomic-file.ts';
import type { AudioWriter } from '../io/audio-file.ts';
import { fileIdentity } from '../io/input-file.ts';
import { sceneFormats, type SceneFormatName } from '../io/scene-formats.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { ScenePlan } from '../io/scene-writer.ts';
import { holdsMoreThan24Bits } from '../io/stems/stems-writer.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { fittingFormat, possibleFormats } from './convert-format.ts';
import { createProgressReporter } from './progress.ts';
import { createPassThrough, pump } from './pump.ts';
import { excerptOf, openJobScene, type SceneJobOptions } from './scene-job.ts';
import { creationTool } from './version.ts';

/** Options of `convertScene`. */
export interface ConvertOptions extends Pick<
  SceneJobOptions,
  | 'scene'
  | 'layout'
  | 'programme'
  | 'allowOutside'
  | 'overwrite'
  | 'dryRun'
  | 'largeFileForm'
  | 'onWarning'
  | 'onProgress'
  | 'signal'
  | 'blockFrames'
> {
  /** File to write; its folder is made if needed. */
  readonly out: string;
  /** Format; where undefined, what the name of the file says. A WAV keeps the flavour of an ADM file. */
  readonly to?: SceneFormatName | undefined;
}

/** What a conversion wrote, or with `dryRun` would write. */
export interface ConvertResult {
  readonly version: 1;
  readonly scene: string;
  /** The file that stands for the scene. */
  readonly file: string;
  /** All files, that one first. */
  readonly files: readonly string[];
  readonly format: SceneFormatName;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly elementCount: number;
  /** What the format does not hold of the scene, as it was warned of. */
  readonly losses: readonly Warning[];
}

/**
 * Writes a scene in another format, its audio unchanged but for the word length: samples of up to 24 bit come out bit by
 * bit, stems keep those of 32-bit float too; longer ones are rounded, with the warning 'convert-depth'.
 * @throws SceneError, FormatError, ConfigError for bad input; UnsupportedError for what the format cannot hold;
 * OutputError when a file cannot be written or is one of those that are read; AbortedError. Nothing is left half written.
 */
export async function convertScene(options: ConvertOptions): Promise<ConvertResult> {
  const { out, overwrite = false, signal } = options;
  const possible = possibleFormats(out, options.to);
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const reader = await openJobScene({ ...options, outDir: '' }, kernels);
  try {
    const format = fittingFormat(possible, reader.scene);
    const { frameCount } = excerptOf(reader, { scene: options.scene, outDir: '' });
    const losses: Warning[] = [];
    const onWarning: WarningHandler = (warning) => {
      losses.push(warning);
      options.onWarning?.(warning);
    };
    warnOfLeftOut(reader, format, onWarning);
    const plan = sceneFormats[format].plan(out, {
      scene: reader.scene,
      kernels,
      sampleRateHz: reader.sampleRateHz,
      frameCount,
      sources: reader.stems,
      tool: creationTool,
      overwrite,
      largeFileForm: options.largeFileForm,
      onWarning,
    });
    await checkOutputs(plan.files, reader, overwrite);
    if (signal?.aborted) throw new AbortedError();
    if (!options.dryRun) await writeScene(plan, reader, frameCount, options);
    return {
      version: 1,
      scene: options.scene,
      file: out,
      files: plan.files,
      format,
      sampleRateHz: reader.sampleRateHz,
      frameCount,
      elementCount: reader.scene.elements.length,
      losses,
    };
  } finally {
    await reader.close();
  }
}

/** Warns of what no plan sees: samples that are too long for the format, and the stereo master. */
function warnOfLeftOut(reader: SceneReader, format: SceneFormatName, onWarning: WarningHandler): void {
  const { holdsFloat } = sceneFormats[format];
  for (const stem of reader.stems) {
    const { file, bitDepth, sampleFormat } = stem;
    const isRounded = holdsFloat
      ? sampleFormat === 'float64' || (sampleFormat === 'int32' && bitDepth > 24)
      : holdsMoreThan24Bits(stem, reader.sampleRateHz);
    if (!isRounded) continue;
    const kind = sampleFormat.startsWith('float') ? 'float' : 'integer';
    const from =
      stem.sampleRateHz === reader.sampleRateHz
        ? `${bitDepth} bit ${kind}`
        : 'converted to another sample rate,';
    const message = holdsFloat
      ? `${file}: ${from} is rounded to 32 bit float`
      : `${file}: ${from} is rounded to 24 bit; what is above full scale is cut`;
    onWarning({ code: 'convert-depth', message, file });
  }
  if (reader.stereoMasterFile === undefined) return;
  const message = `${reader.stereoMasterFile}: the stereo master of the scene stays where it is, and what is written does not name it`;
  onWarning({ code: 'convert-stereo-master', message, file: reader.stereoMasterFile });
}

/** Refuses files that are there already, and those that the scene is read from, before anything is written. */
export async function checkOutputs(
  files: readonly string[],
  reader: Pick<SceneReader, 'file' | 'stems' | 'stereoMasterFile'>,
  overwrite: boolean,
): Promise<void> {
  const inputs = [
    reader.file,
    ...reader.stems.map(({ file }) => file),
    reader.stereoMasterFile ?? reader.file,
  ];
  const sources = new Set(await Promise.all(inputs.map(fileIdentity)));
  const existing: string[] = [];
  for (const file of files) {
    const identity = await fileIdentity(file);
    if (identity === undefined) continue;
    if (sources.has(identity)) {
      const message = `${file} is a file that the scene is read from; it is not written over`;
      throw new OutputError('output-is-input', message, { file, hint: 'choose another name or folder' });
    }
    existing.push(file);
  }
  if (existing.length === 0 || overwrite) return;
  const verb = existing.length === 1 ? 'exists' : 'exist';
  throw new OutputError('output-exists', `${existing.join(', ')} ${verb} already`, {
    file: existing[0],
    hint: 'choose another name or allow overwriting',
  });
}

async function writeScene(
  plan: ScenePlan,
  reader: SceneReader,
  frameCount: number,
  { out, blockFrames, signal, onProgress }: ConvertOptions,
): Promise<void> {
  const { channelCount, scene } = reader;
  const madeFolders = await makeFolder(dirname(out));
  let writer: AudioWriter | undefined;
  try {
    const started = await plan.start();
    writer = started;
    const taps = [{ take: (block: Parameters<AudioWriter['write']>[0]) => started.write(block) }];
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [{ processor: createPassThrough(channelCount), taps }],
      blockFrames,
      signal,
      onProgress: createProgressReporter(onProgress, 'convert', scene.name),
    });
    await writer.finish();
  } catch (error) {
    await writer?.abort();
    await removeFolders(madeFolders);
    throw error;
  }
}
