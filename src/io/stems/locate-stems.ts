import { basename, dirname, join } from 'node:path';
import type { Issue } from '../../base/errors.ts';
import { normalizeLabel } from '../../layouts/labels.ts';
import type { ParsedScene, StemReference } from '../../scene/parse-scene.ts';
import type { Bed } from '../../scene/scene.ts';
import type { NamedFile, StemFolder } from './stem-folder.ts';

/** The files of one element: one that holds all its channels, or one for each. */
export interface LocatedStem {
  readonly reference: StemReference;
  readonly files: readonly LocatedFile[];
}

/** A file that a scene names, found. */
export interface LocatedFile extends NamedFile {
  /** Real path. */
  readonly realPath: string;
}

/** Finds all files of a scene. Files that cannot be found or used are returned as faults, all at once. */
export async function locateStems(
  { scene, stems, stereoMaster }: ParsedScene,
  folder: StemFolder,
): Promise<{ located: LocatedStem[]; stereoMasterFile: string | undefined; issues: Issue[] }> {
  const issues: Issue[] = [];
  const located: LocatedStem[] = [];
  const locate = async (named: NamedFile): Promise<string | undefined> => {
    const found = await folder.find(named);
    if (typeof found === 'string') return found;
    issues.push(found);
    return undefined;
  };
  for (const reference of stems) {
    const files: LocatedFile[] = [];
    for (const named of await namedFiles(
      reference,
      scene.elements[reference.elementIndex] as Bed,
      folder,
      issues,
    )) {
      const realPath = await locate(named);
      if (realPath !== undefined) files.push({ ...named, realPath });
    }
    located.push({ reference, files });
  }
  const stereoMasterFile =
    stereoMaster === undefined ? undefined : await locate({ file: stereoMaster, path: 'stereoMaster' });
  return { located, stereoMasterFile, issues };
}

async function namedFiles(
  { source, path }: StemReference,
  bed: Bed,
  folder: StemFolder,
  issues: Issue[],
): Promise<readonly NamedFile[]> {
  switch (source.kind) {
    case 'interleaved':
    case 'channel':
      return [{ file: source.file, path }];
    case 'mono-files':
      return source.files;
    case 'pattern':
      return matchPattern(source.pattern, bed, path, folder, issues);
  }
}

/** The file of every channel of a bed, where the star of the pattern stands for the channel's label. */
async function matchPattern(
  pattern: string,
  bed: Bed,
  path: string,
  folder: StemFolder,
  issues: Issue[],
): Promise<NamedFile[]> {
  const [before = '', after = ''] = basename(pattern).toLowerCase().split('*');
  const labels = bed.channels.map(({ label }) => label);
  const filesByLabel = new Map<string, string[]>();
  for (const name of await folder.list(dirname(pattern))) {
    const lower = name.toLowerCase();
    const fits =
      lower.startsWith(before) && lower.endsWith(after) && name.length > before.length + after.length;
    if (!fits) continue;
    const star = name.slice(before.length, name.length - after.length);
    const label = labels.includes(star) ? star : normalizeLabel(star, labels);
    if (label !== undefined) filesByLabel.set(label, [...(filesByLabel.get(label) ?? []), name]);
  }
  const missing = labels.filter((label) => !filesByLabel.has(label));
  if (missing.length > 0) {
    const found = [...filesByLabel.values()].flat();
    const message = `"${pattern}" finds no file for ${missing.join(', ')}; found: ${found.join(', ') || 'none'}`;
    issues.push({ code: 'stem-missing', path, message });
  }
  return labels.flatMap((label) => {
    const [name, second] = filesByLabel.get(label) ?? [];
    if (second !== undefined) {
      const message = `"${pattern}" finds two files for ${label}: ${name}, ${second}`;
      issues.push({ code: 'stem-ambiguous', path, message });
    }
    return name === undefined ? [] : [{ file: join(dirname(pattern), name), path }];
  });
}
