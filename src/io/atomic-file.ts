import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputError, PeriphonError } from '../base/errors.ts';

/** A file under construction beside its target, which appears there only when it is whole. */
export interface AtomicFile {
  /** Path that the file will have. */
  readonly file: string;
  /** Writes all of `bytes` at a byte position. @throws OutputError 'disk-full' or 'output-unwritable' */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /**
   * Syncs to disk, closes and renames. On failure nothing is left behind.
   * @param check reads the whole file under its temporary name; what it throws keeps the file from its own
   */
  finish(check?: (temporaryFile: string) => Promise<void>): Promise<void>;
  /** Closes and removes; does nothing after `finish` or a failure. */
  abort(): Promise<void>;
}

/** Options of files that are written. */
export interface OutputFileOptions {
  /** Replace an existing file. Default: false. */
  readonly overwrite?: boolean | undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  EISDIR: 'a folder has that name',
  EEXIST: 'a file has that name',
  ENAMETOOLONG: 'the name is too long',
};
const fullDiskCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Turns a system error met while writing `file` into an OutputError ('disk-full' or 'output-unwritable'); ours stay. */
export function toOutputError(error: unknown, file: string): PeriphonError {
  if (error instanceof PeriphonError) return error;
  const systemCode = (error as NodeJS.ErrnoException).code ?? '';
  if (fullDiskCodes.has(systemCode)) {
    return new OutputError('disk-full', `${file}: no room left on the disk (${systemCode})`, {
      file,
      hint: 'free some space or write to another disk',
      cause: error,
    });
  }
  const reason = reasons[systemCode] ?? (error as Error).message;
  return new OutputError('output-unwritable', `${file}: cannot be written: ${reason}`, {
    file,
    hint: 'choose a folder that exists and may be written',
    cause: error,
  });
}

/**
 * Makes a folder and those above it that are missing. Node's own recursive form never ends where a folder's file
 * system says that there is none to make a folder in (`/proc`).
 * @returns the folders that were made, outermost first
 * @throws OutputError 'output-unwritable' or 'disk-full'
 */
export async function makeFolder(folder: string): Promise<string[]> {
  try {
    if (await makeOneFolder(folder)) return [folder];
    const above = dirname(folder);
    const made = above === folder ? [] : await makeFolder(above);
    await mkdir(folder);
    return [...made, folder];
  } catch (error) {
    if (!(await isFolder(folder))) throw toOutputError(error, folder);
    return [];
  }
}

/** Removes folders that `makeFolder` made, those that are empty. */
export async function removeFolders(made: readonly string[]): Promise<void> {
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => undefined);
}

/** @returns false where the folder above it is missing */
async function makeOneFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Starts a file under a temporary name in the folder of its target.
 * @throws OutputError 'output-exists' (unless `overwrite`), 'output-unwritable' or 'disk-full'
 */
export async function createAtomicFile(file: string, options: OutputFileOptions = {}): Promise<AtomicFile> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`);
  let handle: FileHandle;
  try {
    await checkTarget(file, options);
    handle = await open(temporary, 'wx');
  } catch (error) {
    throw toOutputError(error, file);
  }

  let isOpen = true;
  const abort = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
  };
  const orAbort = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await abort();
      throw toOutputError(error, file);
    }
  };
  return {
    file,
    abort,
    write: (bytes, position) => orAbort(() => writeAll(handle, bytes, position)),
    finish: (check) =>
      orAbort(async () => {
        await handle.sync();
        await handle.close();
        await check?.(temporary);
        await checkTarget(file, options);
        await rename(temporary, file);
        isOpen = false;
      }),
  };
}

/** Writes a whole file at once under the same rules. */
export async function writeFileAtomically(
  file: string,
  content: Uint8Array | string,
  options: OutputFileOptions = {},
): Promise<void> {
  const target = await createAtomicFile(file, options);
  await target.write(typeof content === 'string' ? new TextEncoder().encode(content) : content, 0);
  await target.finish();
}

/** Writes all bytes at a position of an open file, in as many system calls as it takes. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function checkTarget(file: string, options: OutputFileOptions): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory()) {
    throw new OutputError('output-unwritable', `${file}: cannot be written: a folder has that name`, {
      file,
    });
  }
  if (found && !options.overwrite) {
    throw new OutputError('output-exists', `${file} exists already`, {
      file,
      hint: 'choose another name or allow overwriting',
    });
  }
}
