import { AbortedError, type WarningHandler } from '../base/errors.ts';
import { hashBytes } from '../io/wav/write-pieces.ts';
import { openMetadataFile, type FileMetadata } from './metadata-file.ts';
import { createProgressReporter, type ProgressHandler } from './progress.ts';

/** Options of `showMetadata`. */
export interface ShowMetadataOptions {
  /** Programme of every file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  /** Read the audio, too, and give its SHA-256. Default: false. */
  readonly hash?: boolean | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The metadata of a file, and of its audio the SHA-256 (hex, all bytes of the chunk `data`) if it was asked for. */
export interface ShownMetadata extends FileMetadata {
  readonly audioSha256?: string | undefined;
}

/** What `periphon metadata show --json` prints. */
export interface ShowMetadataResult {
  readonly version: 1;
  readonly files: readonly ShownMetadata[];
}

/**
 * Reads the metadata of ADM BWF files: programme, studio metadata, and the binaural mode of every channel.
 * @throws FormatError, UnsupportedError; ConfigError 'adm-programme'; AbortedError
 */
export async function showMetadata(
  files: readonly string[],
  options: ShowMetadataOptions = {},
): Promise<ShowMetadataResult> {
  const shown: ShownMetadata[] = [];
  for (const file of files) {
    if (options.signal?.aborted) throw new AbortedError();
    shown.push(await showFile(file, options));
  }
  return { version: 1, files: shown };
}

async function showFile(file: string, options: ShowMetadataOptions): Promise<ShownMetadata> {
  const { input, riff, metadata } = await openMetadataFile(file, options);
  try {
    if (!options.hash) return metadata;
    const { byteOffset, sizeBytes } = riff.data;
    const report = createProgressReporter(options.onProgress, 'hash', file);
    let doneBytes = 0;
    const audioSha256 = await hashBytes(input, byteOffset, sizeBytes, {
      signal: options.signal,
      onBytes: (count) => report((doneBytes += count) / sizeBytes),
    });
    return { ...metadata, audioSha256 };
  } finally {
    await input.close();
  }
}
