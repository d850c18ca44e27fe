import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, type WarningHandler } from '../base/errors.ts';
import type { ManifestFile } from '../deliver/manifest.ts';
import { hashFile } from '../io/hash-file.ts';
import { manifestName, readManifest } from './manifest-file.ts';
import { createProgressReporter, type ProgressHandler } from './progress.ts';

/** A file of a manifest, and what became of it. */
export interface VerifiedFile {
  /** As the manifest has it, relative to the folder. */
  readonly path: string;
  readonly state: 'same' | 'changed' | 'missing';
}

/** What a folder of deliverables still holds of what its manifest says. */
export interface Verification {
  readonly version: 1;
  readonly folder: string;
  readonly files: readonly VerifiedFile[];
  /** Files that were read; those of a folder that has travelled are missing. */
  readonly inputs: readonly VerifiedFile[];
  /** Files of the folder that the manifest does not know. */
  readonly extra: readonly string[];
  /** Whether no file is missing, and neither a file nor an input has changed. */
  readonly isProved: boolean;
}

/** Options of `verifyDelivery`. */
export interface VerifyOptions {
  /** Hears of files that the manifest does not know: 'manifest-extra'. */
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Hashes all files that the manifest of a folder names.
 * @throws FormatError 'manifest-missing'; OutputError where the file of that name is no manifest
 */
export async function verifyDelivery(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const manifest = await readManifest(folder);
  if (!manifest)
    throw new FormatError('manifest-missing', `${folder} holds no ${manifestName}`, {
      file: join(folder, manifestName),
      hint: 'periphon master and render write one beside the files that they make',
    });
  const verify = async (files: readonly ManifestFile[]): Promise<VerifiedFile[]> => {
    const verified: VerifiedFile[] = [];
    for (const file of files) verified.push({ path: file.path, state: await stateOf(folder, file, options) });
    return verified;
  };
  const files = await verify(manifest.runs.flatMap((run) => run.files));
  const inputs = await verify(distinct(manifest.runs.flatMap((run) => run.inputs)));
  const known = new Set([...files, ...inputs].map(({ path }) => path).concat(manifestName));
  const entries = await readdir(folder, { withFileTypes: true });
  const extra = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !known.has(entry.name))
    .map(({ name }) => name)
    .sort();
  for (const name of extra) {
    const message = `${join(folder, name)} is a file that the manifest does not know`;
    options.onWarning?.({ code: 'manifest-extra', message, file: join(folder, name) });
  }
  const isProved =
    files.every(({ state }) => state === 'same') && inputs.every(({ state }) => state !== 'changed');
  return { version: 1, folder, files, inputs, extra, isProved };
}

/** Inputs that several runs share are read once; one that differed between runs is listed for each. */
const distinct = (files: readonly ManifestFile[]): ManifestFile[] => [
  ...new Map(files.map((file) => [`${file.path} ${file.sha256}`, file])).values(),
];

async function stateOf(
  folder: string,
  { path, sha256 }: ManifestFile,
  { signal, onProgress }: VerifyOptions,
): Promise<VerifiedFile['state']> {
  const file = join(folder, path);
  try {
    const found = await hashFile(file, signal, createProgressReporter(onProgress, 'verify', path));
    return found.sha256 === sha256 ? 'same' : 'changed';
  } catch (error) {
    if (error instanceof FormatError && error.code === 'file-missing') return 'missing';
    throw error;
  }
}
