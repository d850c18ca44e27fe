import type { Manifest } from '../../deliver/manifest.ts';
import { parseManifest } from '../../deliver/manifest.ts';
import type { Check, MasterReport } from '../../deliver/report.ts';
import { readWholeFile } from '../../io/input-file.ts';
import { manifestName } from '../../job/manifest-file.ts';
import { pathInFolder, type AuditionFolder } from './list-folder.ts';

/** What the documents of a folder say of one of its files. */
export interface StatedFile {
  readonly name: string;
  /** Target as the engineer named it: "7.1.4", "binaural", "adm". */
  readonly target: string;
  /** Loudness that was asked for. */
  readonly targetLufs?: number | undefined;
  readonly checks: readonly Check[];
}

/** Largest document that is read. */
const maxReportBytes = 64 * 2 ** 20;

/**
 * Reads the reports and the manifest of a folder: which file was made for which target. Documents of other programs and
 * damaged ones say nothing. Reports count before the manifest, which knows no loudness.
 */
export async function readReports(folder: AuditionFolder): Promise<StatedFile[]> {
  const stated = new Map<string, StatedFile>();
  const add = (file: StatedFile): void => {
    if (folder.names.includes(file.name) && !stated.has(file.name)) stated.set(file.name, file);
  };
  for (const name of folder.names.filter((file) => /(?:^|\.)report\.json$/i.test(file)))
    reportFiles(await readDocument(folder, name)).forEach(add);
  const manifest = folder.names.includes(manifestName) ? await readDocument(folder, manifestName) : undefined;
  manifestFiles(parseManifest(manifest)).forEach(add);
  return [...stated.values()];
}

async function readDocument({ path }: AuditionFolder, name: string): Promise<unknown> {
  const file = await pathInFolder(path, name);
  if (file === undefined) return undefined;
  try {
    const bytes = await readWholeFile(file);
    return bytes.length > maxReportBytes ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function reportFiles(document: unknown): StatedFile[] {
  const { version, targets, sceneFiles } = (document ?? {}) as Partial<MasterReport>;
  if (version !== 1 || !Array.isArray(targets)) return [];
  const renders = targets.flatMap((report) => {
    const { target, file, tracks, checks, loudnessTargetLufs } = report;
    if (typeof target !== 'string') return [];
    const targetLufs = typeof loudnessTargetLufs === 'number' ? loudnessTargetLufs : undefined;
    const names: unknown[] = Array.isArray(tracks) ? tracks.map((track) => track.file) : [file];
    return names
      .filter((name) => typeof name === 'string')
      .map((name) => ({ name, target, targetLufs, checks: Array.isArray(checks) ? checks : [] }));
  });
  const scenes = (Array.isArray(sceneFiles) ? sceneFiles : []).flatMap(({ target, files }) =>
    typeof target === 'string' && Array.isArray(files)
      ? files.slice(0, 1).map((name) => ({ name, target, checks: [] }))
      : [],
  );
  return [...renders, ...scenes];
}

const manifestFiles = (manifest: Manifest | undefined): StatedFile[] =>
  (manifest?.runs ?? []).flatMap(({ files }) =>
    files.flatMap(({ path, target }) =>
      typeof target === 'string' ? [{ name: path, target, checks: [] }] : [],
    ),
  );
