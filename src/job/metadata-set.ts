import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  AbortedError,
  ConfigError,
  FormatError,
  OutputError,
  PeriphonError,
  type WarningHandler,
} from '../base/errors.ts';
import { createAtomicFile, makeFolder, removeFolders, type AtomicFile } from '../io/atomic-file.ts';
import { damfFilesOf, damfRootOf, isDamfName } from '../io/damf/damf-files.ts';
import { fileIdentity, openInputFile, type InputFile } from '../io/input-file.ts';
import { planRiffRewrite, sizeOfPieces, type RiffPiece } from '../io/wav/rewrite-riff.ts';
import { verifyPieces, writePieces } from '../io/wav/write-pieces.ts';
import { planDamfEdits, readDamfMetadata } from './damf-metadata.ts';
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
  /** SHA-256 (hex) of the audio (of DAMF, of all of NAME.atmos.audio), the same in both files; undefined in a dry run. */
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
  /** The files to write, the audio in the first: one, or the three of a master in DAMF. */
  readonly parts: readonly PlannedPart[];
}

/** A file to write. */
interface PlannedPart {
  readonly file: string;
  readonly out: string;
  readonly pieces: readonly RiffPiece[];
  readonly oldSizeBytes: number;
}

/**
 * Writes copies of ADM BWF files and masters in DAMF with other metadata. All files are checked before the first is written; what stops one
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
  if (isDamfName(file) !== isDamfName(out)) {
    const message = `${file}: would be written as ${out}; a master stays in its format, and one in DAMF is called NAME.atmos`;
    throw new ConfigError('metadata-out', message, { file });
  }
  if (isDamfName(file)) return planDamfFile(file, out, edits, onWarning);
  const opened = await openMetadataFile(file, { programme, onWarning });
  const { input, riff } = opened;
  try {
    const { edit, changes, unmatched } = await planMetadataEdits(opened, edits, onWarning);
    const pieces = await planRiffRewrite(input, riff, edit);
    const names = elementNames(opened);
    const parts = [{ file, out, pieces, oldSizeBytes: input.sizeBytes }];
    return { file, out, changes, unmatched, names, parts };
  } finally {
    await input.close();
  }
}

async function planDamfFile(
  file: string,
  out: string,
  edits: MetadataEdits,
  onWarning: WarningHandler,
): Promise<PlannedFile> {
  const opened = await readDamfMetadata(file, onWarning);
  const { parts, changes, unmatched } = await planDamfEdits(opened, edits, out, onWarning);
  const sized = await Promise.all(
    parts.map(async (part) => ({ ...part, oldSizeBytes: (await stat(part.file)).size })),
  );
  const names = opened.metadata.elements.map(({ name }) => name);
  return { file, out, changes, unmatched, names, parts: sized };
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
  if (out !== undefined && outDir === undefined && files.length === 1) return [damfRootOf(out)];
  if (outDir !== undefined && out === undefined)
    return files.map((file) => join(outDir, basename(damfRootOf(file))));
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
  const inputs = new Set(await Promise.all(files.flatMap(filesOf).map(fileIdentity)));
  const failures: PeriphonError[] = [];
  const firstOf = new Map<string, string>();
  for (const [index, out] of outs.entries()) {
    const file = files[index]!;
    const other = firstOf.get(resolve(out));
    const refuse = (code: string, what: string): void =>
      void failures.push(new OutputError(code, `${file}: ${what}`, { file }));
    if (other !== undefined) refuse('metadata-out', `would be written to ${out}, as ${other} would`);
    else
      for (const part of filesOf(out)) {
        const identity = await fileIdentity(part);
        if (identity === undefined) continue;
        if (inputs.has(identity))
          refuse('output-is-input', `would be written over ${part}, which is one of the files to edit`);
        else if (!overwrite) refuse('output-exists', `${part} exists already`);
      }
    firstOf.set(resolve(out), file);
  }
  return failures;
}

/** A file, or the three that a master in DAMF is. */
const filesOf = (file: string): string[] =>
  isDamfName(file) ? Object.values(damfFilesOf(damfRootOf(file))) : [file];

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

/**
 * Writes and reads back all files of a plan under temporary names, then gives them their own: all or none.
 * @returns SHA-256 of the audio
 */
async function writePlanned({ out, parts }: PlannedFile, options: SetMetadataOptions): Promise<string> {
  const report = createProgressReporter(options.onProgress, 'write', basename(out));
  // What is written is read again.
  const totalBytes = 2 * parts.reduce((sum, { pieces }) => sum + sizeOfPieces(pieces), 0);
  let doneBytes = 0;
  const onBytes = (count: number): void => report((doneBytes += count) / totalBytes);
  const copying = { signal: options.signal, onBytes };
  const targets: AtomicFile[] = [];
  const inputs: InputFile[] = [];
  const hashes: string[] = [];
  const done: string[] = [];
  try {
    for (const part of parts) {
      const input = await openPart(part);
      inputs.push(input);
      const target = await createAtomicFile(part.out, { overwrite: options.overwrite });
      targets.push(target);
      hashes.push(await writePieces(input, part.pieces, target, copying));
    }
    for (const [index, part] of parts.entries()) {
      await targets[index]!.finish(async (temporaryFile) => {
        const found = await verifyPieces(temporaryFile, part.pieces, inputs[index]!, copying);
        if (found === hashes[index]) return;
        const message = `${part.out}: what was written does not read back as it should; it was removed`;
        throw new OutputError('metadata-verify', message, { file: part.out });
      });
      done.push(part.out);
    }
    report(1);
    return hashes[0]!;
  } catch (error) {
    for (const target of targets) await target.abort();
    if (!options.overwrite) for (const file of done) await rm(file, { force: true });
    throw error;
  } finally {
    for (const input of inputs) await input.close();
  }
}

async function openPart({ file, oldSizeBytes }: PlannedPart): Promise<InputFile> {
  const input = await openInputFile(file);
  if (input.sizeBytes === oldSizeBytes) return input;
  await input.close();
  throw new FormatError('file-changed', `${file}: has changed while it was edited`, { file });
}
