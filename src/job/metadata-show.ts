import { AbortedError, type WarningHandler } from '../base/errors.ts';
import { isDamfName } from '../io/damf/damf-files.ts';
import { openInputFile, type InputFile } from '../io/input-file.ts';
import { hashBytes } from '../io/wav/write-pieces.ts';
import { readDamfMetadata } from './damf-metadata.ts';
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

/** The metadata of a file, and of its audio the SHA-256 (hex, all bytes of the chunk `data`, or of the file NAME.atmos.audio) if it was asked for. */
export interface ShownMetadata extends FileMetadata {
  readonly audioSha256?: string | undefined;
}

/** What `periphon metadata show --json` prints. */
export interface ShowMetadataResult {
  readonly version: 1;
  readonly files: readonly ShownMetadata[];
}

/**
 * Reads the metadata of ADM BWF files and masters in DAMF: programme, studio metadata, and the binaural mode of every channel.
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
  if (isDamfName(file)) return showDamf(file, options);
  const { input, riff, metadata } = await openMetadataFile(file, options);
  try {
    return options.hash ? await withHash(metadata, input, riff.data, options) : metadata;
  } finally {
    await input.close();
  }
}

/** The audio of a master in DAMF is a file, all of which is hashed. */
async function showDamf(file: string, options: ShowMetadataOptions): Promise<ShownMetadata> {
  const { files, metadata } = await readDamfMetadata(file, options.onWarning ?? (() => undefined));
  if (!options.hash) return metadata;
  const input = await openInputFile(files.audio);
  try {
    return await withHash(metadata, input, { byteOffset: 0, sizeBytes: input.sizeBytes }, options);
  } finally {
    await input.close();
  }
}

async function withHash(
  metadata: FileMetadata,
  input: InputFile,
  { byteOffset, sizeBytes }: { readonly byteOffset: number; readonly sizeBytes: number },
  options: ShowMetadataOptions,
): Promise<ShownMetadata> {
  const report = createProgressReporter(options.onProgress, 'hash', metadata.file);
  let doneBytes = 0;
  const audioSha256 = await hashBytes(input, byteOffset, sizeBytes, {
    signal: options.signal,
    onBytes: (count) => report((doneBytes += count) / sizeBytes),
  });
  return { ...metadata, audioSha256 };
}
