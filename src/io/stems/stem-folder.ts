import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { SceneError } from '../../base/errors.ts';
import type { Issue } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest-name.ts';

/** A file that a scene names, and the place in the scene that names it. */
export interface NamedFile {
  readonly file: string;
  readonly path: string;
}

/** Finds the files that a scene names, relative to its own folder. */
export interface StemFolder {
  /** Real path of a file, or the fault that there is none, or that it lies outside the folder. */
  find(named: NamedFile): Promise<string | Issue>;
  /** Names of the files in a folder, given relative to the scene; empty if there is no such folder. */
  list(folder: string): Promise<string[]>;
}

/**
 * @param sceneFile path of the scene file
 * @param allowOutside whether files outside the scene's folder (links followed) may be used
 */
export async function openStemFolder(sceneFile: string, allowOutside: boolean): Promise<StemFolder> {
  const root = await realpath(dirname(resolve(sceneFile)));
  const list = async (folder: string): Promise<string[]> => {
    const entries = await readdir(resolve(root, folder), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  };
  return {
    list,
    async find({ file, path }) {
      const wanted = resolve(root, file);
      if (!allowOutside && !isInside(root, wanted)) return outside(file, path);
      const real = await realpath(wanted).catch(() => undefined);
      if (real !== undefined) return allowOutside || isInside(root, real) ? real : outside(file, path);
      const near = nearestName(basename(file), await list(dirname(file)));
      const advice = near === undefined ? '' : ` (did you mean "${near}"?)`;
      return { code: 'stem-missing', path, message: `there is no file "${file}"${advice}` };
    },
  };
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const outside = (file: string, path: string): Issue => ({
  code: 'stem-outside',
  path,
  message: `"${file}" lies outside the folder of the scene, which only --allow-outside permits`,
});

/**
 * Throws all faults of a scene's files at once.
 * @throws SceneError with the code of the first fault, unless there is none
 */
export function throwStemIssues(issues: readonly Issue[], file: string): void {
  const [first] = issues;
  if (!first) return;
  const list = issues.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
  const message = `${issues.length === 1 ? 'a file' : `${issues.length} files`} of the scene cannot serve:\n${list.join('\n')}`;
  throw new SceneError(first.code, message, { file, path: first.path, issues });
}
