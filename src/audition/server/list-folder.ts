import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { ConfigError } from '../../base/errors.ts';
import { toInputError } from '../../io/input-file.ts';

/** A folder and the files in it that may be served. */
export interface AuditionFolder {
  /** With all symbolic links followed. */
  readonly path: string;
  /** Names of regular files, in order; links that lead out of the folder are none. */
  readonly names: readonly string[];
}

/** Whether a real path lies below a real folder. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !/^[a-z]:/i.test(way);
}

/**
 * Real path of a file of a folder, looked up anew at each call.
 * @param name of a file right in the folder
 * @returns undefined where there is none, or where it is a link that leads out of the folder
 */
export async function pathInFolder(folder: string, name: string): Promise<string | undefined> {
  if (name !== basename(name) || name === '' || name.includes('\0')) return undefined;
  try {
    const path = await realpath(join(folder, name));
    return isInside(folder, path) && (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Lists a folder. @throws FormatError where it cannot be read; ConfigError 'not-a-folder' */
export async function listFolder(folder: string): Promise<AuditionFolder> {
  try {
    if (!(await stat(folder)).isDirectory())
      throw new ConfigError('not-a-folder', `${folder} is a file; a folder of deliverables is expected`);
    const path = await realpath(folder);
    const entries = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    const names: string[] = [];
    for (const name of entries) if (await pathInFolder(path, name)) names.push(name);
    return { path, names };
  } catch (error) {
    throw error instanceof ConfigError ? error : toInputError(error, folder);
  }
}
