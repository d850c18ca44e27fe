import nodePath from 'node:path';

/**
 * A file by its path from a folder, with forward slashes: what one system writes in a manifest, all systems read.
 * @param paths rules of paths; those of this system unless given
 */
export function relativePath(
  folder: string,
  file: string,
  paths: Pick<typeof nodePath, 'relative' | 'resolve' | 'sep'> = nodePath,
): string {
  return paths.relative(paths.resolve(folder), paths.resolve(file)).split(paths.sep).join('/');
}
