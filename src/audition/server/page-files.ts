import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the built page. */
export const builtPageFolder = fileURLToPath(new URL('../page/', import.meta.url));

/** The files of the page by their addresses below the token; '' is the page itself. Nothing else is served. */
export async function listPageFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const files = new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), path]));
  const page = files.get('index.html');
  if (page !== undefined) files.set('', page);
  return files;
}
