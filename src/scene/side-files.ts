import { LayoutError, PeriphonError, SceneError } from '../base/errors.ts';
import { getLayout } from '../layouts/built-in.ts';
import { parseLayout } from '../layouts/custom.ts';
import type { Layout } from '../layouts/layout.ts';
import { parseJsonText } from './json-text.ts';

/** Texts of the files that a scene document names beside its audio (paths, layouts), by name as written. */
export type SideFiles = ReadonlyMap<string, string>;

/** Whether the layout of a bed is the path of a layout file rather than a name. */
export const isLayoutFile = (layout: string): boolean => /\.json$/i.test(layout);

/**
 * Names of the text files that a document needs before it can be parsed: CSV paths of objects and layout
 * files of beds. The document need not be valid.
 */
export function sideFilesOf(document: unknown): string[] {
  const names = new Set<string>();
  for (const object of listAt(document, 'objects')) {
    const path = textAt(object, 'path');
    if (path) names.add(path);
  }
  for (const bed of listAt(document, 'beds')) {
    const layout = textAt(bed, 'layout');
    if (layout && isLayoutFile(layout)) names.add(layout);
  }
  return [...names];
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

const listAt = (value: unknown, key: string): unknown[] => {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
};

const textAt = (value: unknown, key: string): string | undefined => {
  const text = at(value, key);
  return typeof text === 'string' ? text : undefined;
};

/**
 * The text of a side file.
 * @throws SceneError 'side-file-missing'
 */
export function sideFileText(name: string, sideFiles: SideFiles): string {
  const text = sideFiles.get(name);
  if (text === undefined) throw new SceneError('side-file-missing', `there is no file "${name}"`);
  return text;
}

/**
 * The layout that a bed names: built in, or read from a layout file.
 * @throws LayoutError or SceneError if there is none, or its file is faulty
 */
export function bedLayout(name: string, sideFiles: SideFiles): Layout {
  if (!isLayoutFile(name)) return getLayout(name);
  try {
    return parseLayout(parseJsonText(sideFileText(name, sideFiles)), name);
  } catch (cause) {
    if (cause instanceof PeriphonError) throw cause;
    throw new LayoutError('layout-invalid', `"${name}" is not a layout`, { cause });
  }
}
