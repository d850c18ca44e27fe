import { AbortedError } from '../base/errors.ts';
import { sceneFormats, type SceneFormatName } from '../io/scene-formats.ts';
import type { AudioWriter } from '../io/audio-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { createProgressReporter } from './progress.ts';
import { createPassThrough, pump } from './pump.ts';
import { excerptOf, openJobScene, type SceneJobOptions } from './scene-job.ts';
import { packageVersion } from './version.ts';

/** Names of the formats that scenes are converted to. */
export const convertFormats = Object.keys(sceneFormats) as readonly SceneFormatName[];

/** Options of `convertScene`. */
export interface ConvertOptions extends Pick<
  SceneJobOptions,
  | 'scene'
  | 'layout'
  | 'programme'
  | 'allowOutside'
  | 'overwrite'
  | 'onWarning'
  | 'onProgress'
  | 'signal'
  | 'blockFrames'
> {
  /** File to write. */
  readonly out: string;
  readonly to: SceneFormatName;
}

/** What a conversion wrote. */
export interface ConvertResult {
  readonly version: 1;
  readonly scene: string;
  readonly file: string;
  readonly format: SceneFormatName;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly elementCount: number;
}

/** Bits of a sample in the files that are written. */
const writtenBits = 24;

/**
 * Writes a scene in another format, its audio unchanged but for the word length: samples of up to 24 bit come out bit by
 * bit, longer ones are rounded, with the warning 'convert-depth'.
 * @throws SceneError, FormatError, ConfigError for bad input; UnsupportedError for what the format cannot hold;
 * OutputError when the file cannot be written; AbortedError. No file is left half written.
 */
export async function convertScene(options: ConvertOptions): Promise<ConvertResult> {
  const { out, to, onWarning, signal } = options;
  const kernels = await loadKernels({ onWarning });
  const reader = await openJobScene({ ...options, outDir: '' }, kernels);
  let writer: AudioWriter | undefined;
  try {
    const { scene, sampleRateHz, channelCount } = reader;
    const { frameCount } = excerptOf(reader, { scene: options.scene, outDir: '' });
    if (signal?.aborted) throw new AbortedError();
    for (const { file, bitDepth, sampleFormat } of reader.stems) {
      if (bitDepth <= writtenBits && !sampleFormat.startsWith('float')) continue;
      const message = `${file}: ${bitDepth} bit ${sampleFormat.startsWith('float') ? 'float' : 'integer'} is rounded to ${writtenBits} bit; what is above full scale is cut`;
      onWarning?.({ code: 'convert-depth', message, file });
    }
    const started = await sceneFormats[to](out, {
      scene,
      kernels,
      sampleRateHz,
      frameCount,
      tool: { name: 'periphon', version: versionNumbers() },
      overwrite: options.overwrite,
      onWarning,
    });
    writer = started;
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [
        { processor: createPassThrough(channelCount), taps: [{ take: (block) => started.write(block) }] },
      ],
      blockFrames: options.blockFrames,
      signal,
      onProgress: createProgressReporter(options.onProgress, 'convert', scene.name),
    });
    await writer.finish();
    const elementCount = scene.elements.length;
    return {
      version: 1,
      scene: options.scene,
      file: out,
      format: to,
      sampleRateHz,
      frameCount,
      elementCount,
    };
  } catch (error) {
    await writer?.abort();
    throw error;
  } finally {
    await reader.close();
  }
}

function versionNumbers(): [number, number, number] {
  const [major = 0, minor = 0, micro = 0] = packageVersion
    .split(/[.-]/)
    .map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, micro];
}
