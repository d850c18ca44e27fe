import { basename, dirname, join, resolve } from 'node:path';
import {
  AbortedError,
  ConfigError,
  FormatError,
  OutputError,
  PeriphonError,
  type WarningHandler,
} from '../base/errors.ts';
import { createAtomicFile, makeFolder, removeFolders } from '../io/atomic-file.ts';
import { fileIdentity, openInputFile } from '../io/input-file.ts';
import { planRiffRewrite, sizeOfPieces, type RiffPiece } from '../io/wav/rewrite-riff.ts';
import { verifyPieces, writePieces } from '../io/wav/write-pieces.ts';
import type { MetadataChange } from './metadata-changes.ts';
import { unknownElement, type MetadataEdits } from './metadata-edits.ts';
import { openMetadataFile } from './metadata-file.ts';
import { elementNames, planMetadataEdits } from './metadata-plan.ts';
import { createProgressReporter, type ProgressHandler } from './progress.ts';

/** Options of `setMetadata`. */
export interface SetMetadataOptions {
  readonly edits: MetadataEdits;
  /** Folder for the new files, which have the names of the old ones; made if needed. */
  readonly outDir?: string | undefined;
  /** The new file, of a single one; its folder is made if needed. Either this or `outDir` is needed. */
  readonly out?: string | undefined;
  /** Plan and check all, write nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Replace existing files, but never one that is edited. Default: false. */
  readonly overwrite?: boolean | undefined;
  /** Programme of every file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One file that was edited. */
export interface EditedFile {
  readonly file: string;
  readonly out: string;
  readonly changes: readonly MetadataChange[];
  /** SHA-256 (hex) of the audio, the same in both files; undefined in a dry run. */
  readonly audioSha256: string | undefined;
}

/** What `periphon metadata set --json` prints. */
export interface SetMetadataResult {
  readonly version: 1;
  readonly dryRun: boolean;
  readonly files: readonly EditedFile[];
}

/** A file whose edits are planned. */
interface PlannedFile {
  readonly file: string;
  readonly out: string;
  readonly changes: readonly MetadataChange[];
  readonly unmatched: readonly string[];
  readonly names: readonly string[];
  readonly pieces: readonly RiffPiece[];
  readonly oldSizeBytes: number;
}

/**
 * Writes copies of ADM BWF files with other metadata. All files are checked before the first is written; what stops one
 * stops all. The copies are the old files byte by byte but for the chunks that hold what changes (`dbmd`, and `axml` for
 * names); each is read back and compared before it has its name.
 * @throws ConfigError 'metadata-nothing', 'metadata-out', 'metadata-value', 'metadata-no-element'; FormatError and
 * UnsupportedError for what cannot be edited; OutputError 'metadata-verify' and others; AbortedError. Where several
 * files are at fault, one error with all `issues`.
 */
export async function setMetadata(
  files: readonly string[],
  options: SetMetadataOptions,
): Promise<SetMetadataResult> {
  const { dryRun = false, edits } = options;
  checkEdits(edits);
  const planned = await planAll(files, options);
  const edited: EditedFile[] = [];
  const folder = options.outDir ?? dirname(planned[0]!.out);
  const madeFolders = dryRun ? [] : await makeFolder(folder);
  try {
    for (const plan of planned) {
      const { file, out, changes } = plan;
      const audioSha256 = dryRun ? undefined : await writePlanned(plan, options);
      edited.push({ file, out, changes, audioSha256 });
    }
  } catch (error) {
    await removeFolders(madeFolders);
    throw error;
  }
  return { version: 1, dryRun, files: edited };
}

function checkEdits(edits: MetadataEdits): void {
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.length === 0);
  if (Object.values(edits).every(isEmpty))
    throw new ConfigError('metadata-nothing', 'nothing to set: name at least one field');
  const names = [edits.programmeName, ...(edits.renames ?? []).map(({ after }) => after)];
  if (names.some((name) => name?.trim() === ''))
    throw new ConfigError('metadata-value', 'a new name is empty; a name has at least one character');
}

async function planAll(files: readonly string[], options: SetMetadataOptions): Promise<PlannedFile[]> {
  const outs = outputNames(files, options);
  const failures = await outputFailures(files, outs, options);
  const planned: PlannedFile[] = [];
  for (const [index, file] of files.entries()) {
    if (options.signal?.aborted) throw new AbortedError();
    try {
      planned.push(await planFile(file, outs[index]!, options));
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      failures.push(error);
    }
  }
  failures.push(...unmatchedFailures(planned, options));
  if (failures.length > 0) throw asOneError(failures);
  return planned;
}

async function planFile(file: string, out: string, options: SetMetadataOptions): Promise<PlannedFile> {
  const { programme, edits, onWarning = () => undefined } = options;
  const opened = await openMetadataFile(file, { programme, onWarning });
  const { input, riff } = opened;
  try {
    const { edit, changes, unmatched } = await planMetadataEdits(opened, edits, onWarning);
    const pieces = await planRiffRewrite(input, riff, edit);
    const names = elementNames(opened);
    return { file, out, changes, unmatched, names, pieces, oldSizeBytes: input.sizeBytes };
  } finally {
    await input.close();
  }
}

/** A pattern that no file answers to is a mistake; one that some do not is worth a remark. */
function unmatchedFailures(
  planned: readonly PlannedFile[],
  { onWarning }: SetMetadataOptions,
): ConfigError[] {
  const wanted = new Set(planned.flatMap(({ unmatched }) => unmatched));
  return [...wanted].flatMap((pattern) => {
    const without = planned.filter(({ unmatched }) => unmatched.includes(pattern));
    if (without.length === planned.length) {
      const names = planned.flatMap((plan) => plan.names);
      return [new ConfigError('metadata-no-element', unknownElement(pattern, names))];
    }
    for (const { file } of without) {
      const message = `${file}: has no element "${pattern}"; nothing of it is set there`;
      onWarning?.({ code: 'metadata-no-element', message, file });
    }
    return [];
  });
}

function outputNames(files: readonly string[], { out, outDir }: SetMetadataOptions): string[] {
  if (out !== undefined && outDir === undefined && files.length === 1) return [out];
  if (outDir !== undefined && out === undefined) return files.map((file) => join(outDir, basename(file)));
  const found =
    out === undefined
      ? outDir === undefined
        ? 'neither'
        : 'a folder'
      : outDir === undefined
        ? `one file for ${files.length}`
        : 'both';
  const message = `where to write: ${found} given; a folder is needed, or for a single file its new name`;
  throw new ConfigError('metadata-out', message);
}

/** All that is wrong with the names of the new files. */
async function outputFailures(
  files: readonly string[],
  outs: readonly string[],
  { overwrite }: SetMetadataOptions,
): Promise<PeriphonError[]> {
  const inputs = new Set(await Promise.all(files.map(fileIdentity)));
  const failures: PeriphonError[] = [];
  const firstOf = new Map<string, string>();
  for (const [index, out] of outs.entries()) {
    const file = files[index]!;
    const other = firstOf.get(resolve(out));
    const identity = await fileIdentity(out);
    const refuse = (code: string, what: string): void =>
      void failures.push(new OutputError(code, `${file}: ${what}`, { file }));
    if (other !== undefined) refuse('metadata-out', `would be written to ${out}, as ${other} would`);
    else if (identity !== undefined && inputs.has(identity))
      refuse('output-is-input', `would be written over ${out}, which is one of the files to edit`);
    else if (identity !== undefined && !overwrite) refuse('output-exists', `${out} exists already`);
    firstOf.set(resolve(out), file);
  }
  return failures;
}

/** One failure as it is, or all in one: of the kind of bad input if there is any, then of output. */
function asOneError(failures: readonly PeriphonError[]): PeriphonError {
  const [first] = failures;
  if (failures.length === 1) return first!;
  const issues = failures.map(({ code, file = 'all files', message }) => ({
    code,
    path: file,
    message: message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message,
  }));
  const list = issues.map(({ path, message }) => `  ${path}: ${message}`);
  const message = [`${failures.length} faults; nothing was written`, ...list].join('\n');
  const isInput = failures.some((error) => !(error instanceof ConfigError || error instanceof OutputError));
  const isOutput = failures.some((error) => error instanceof OutputError);
  const Kind = isInput ? FormatError : isOutput ? OutputError : ConfigError;
  return new Kind('metadata-files', message, { issues });
}

/** @returns SHA-256 of the audio */
async function writePlanned(plan: PlannedFile, options: SetMetadataOptions): Promise<string> {
  const { file, out, pieces, oldSizeBytes } = plan;
  const { signal, overwrite, onProgress } = options;
  const report = createProgressReporter(onProgress, 'write', basename(out));
  // What is written is read again.
  const totalBytes = 2 * sizeOfPieces(pieces);
  let doneBytes = 0;
  const copying = { signal, onBytes: (count: number) => report((doneBytes += count) / totalBytes) };
  const input = await openInputFile(file);
  try {
    if (input.sizeBytes !== oldSizeBytes)
      throw new FormatError('file-changed', `${file}: has changed while it was edited`, { file });
    const target = await createAtomicFile(out, { overwrite });
    try {
      const audioSha256 = await writePieces(input, pieces, target, copying);
      await target.finish(async (temporaryFile) => {
        const found = await verifyPieces(temporaryFile, pieces, input, copying);
        if (found === audioSha256) return;
        const message = `${out}: what was written does not read back as it should; it was removed`;
        throw new OutputError('metadata-verify', message, { file: out });
      });
      report(1);
      return audioSha256;
    } catch (error) {
      await target.abort();
      throw error;
    }
  } finally {
    await input.close();
  }
}
