import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SceneError } from '../../base/errors.ts';
import type { Issue, WarningHandler } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { parseJsonText } from '../../scene/json-text.ts';
import { parseScene } from '../../scene/parse-scene.ts';
import type { ParsedScene } from '../../scene/parse-scene.ts';
import { sideFilesOf } from '../../scene/side-files.ts';
import type { AudioReader } from '../audio-file.ts';
import { toInputError } from '../input-file.ts';
import { openAudioFile } from '../open-audio-file.ts';
import type { SceneReader } from '../scene-reader.ts';
import { openAudioScene } from './audio-file-scene.ts';
import { locateStems } from './locate-stems.ts';
import type { LocatedStem } from './locate-stems.ts';
import { placeStems } from './place-stems.ts';
import type { OpenStem } from './place-stems.ts';
import { openStemFolder, throwStemIssues } from './stem-folder.ts';
import type { StemFolder } from './stem-folder.ts';
import { createStemReader } from './stem-reader.ts';

/** Options of `openScene`. */
export interface OpenSceneOptions {
  readonly kernels: Kernels;
  /** Permits files outside the folder of the scene file. Default false. */
  readonly allowOutside?: boolean | undefined;
  /** Layout of an audio file that is opened as a scene; scene files state their own. */
  readonly layout?: Layout | undefined;
  /** Receives warnings; one that throws makes them errors. */
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Opens a scene: a scene file (`*.json`) over its stems, or a finished audio file as a scene of one bed.
 * Stems are resolved relative to the scene file. Stems that end before the scene are followed by silence,
 * with the warning 'stem-short'.
 * @throws SceneError 'json-syntax', 'scene-invalid', 'stem-missing', 'stem-outside', 'stem-ambiguous',
 * 'stem-channels', 'stem-rates', each with all faults of its kind; FormatError for files that cannot be read
 */
export async function openScene(file: string, options: OpenSceneOptions): Promise<SceneReader> {
  if (!/\.json$/i.test(file)) return openAudioScene(file, options);
  const { allowOutside = false, layout, onWarning = () => undefined } = options;
  if (layout) {
    const message = `${file}: a scene file states its own layouts; "${layout.name}" is not used`;
    onWarning({ code: 'layout-unused', message, file });
  }
  const document = parseJsonText(await readText(file), { file });
  const folder = await openStemFolder(file, allowOutside);
  const parsed = await parseDocument(document, file, folder);
  const { located, stereoMasterFile, issues } = await locateStems(parsed, folder);
  throwStemIssues(issues, file);

  const open = createOpener(options);
  try {
    const stems = await openStems(located, open.shared);
    const sampleRateHz = commonRate(open.opened, file);
    const placement = placeStems(parsed.scene, stems, sampleRateHz, onWarning);
    throwStemIssues(placement.issues, file);
    const used = new Set<AudioReader>();
    const placed = [];
    for (const stem of placement.placed) {
      // Elements that start a shared file at different times each read it on their own.
      const reader = used.has(stem.reader) ? await open.another(stem.reader.file) : stem.reader;
      used.add(reader);
      placed.push({ ...stem, reader });
    }
    const { scene } = placement;
    return createStemReader({ file, scene, sampleRateHz, stems: placed, stereoMasterFile, onWarning });
  } catch (error) {
    await Promise.all(open.opened.map((reader) => reader.close()));
    throw error;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw toInputError(error, file);
  }
}

async function parseDocument(document: unknown, file: string, folder: StemFolder): Promise<ParsedScene> {
  const sideFiles = new Map<string, string>();
  const outside: Issue[] = [];
  for (const name of sideFilesOf(document)) {
    const found = await folder.find({ file: name, path: '' });
    if (typeof found === 'string') sideFiles.set(name, await readText(found));
    else if (found.code === 'stem-outside') outside.push(found);
  }
  throwStemIssues(outside, file);
  return parseScene(document, { file, name: sceneName(file), sideFiles });
}

/** "song" of "music/song.scene.json". */
const sceneName = (file: string): string => basename(file).replace(/(?:\.scene)?\.json$/i, '') || 'scene';

function createOpener({ kernels, onWarning }: OpenSceneOptions) {
  const opened: AudioReader[] = [];
  const byPath = new Map<string, AudioReader>();
  const another = async (path: string): Promise<AudioReader> => {
    const reader = await openAudioFile(path, { kernels, onWarning });
    opened.push(reader);
    return reader;
  };
  const shared = async (path: string): Promise<AudioReader> => {
    const reader = byPath.get(path) ?? (await another(path));
    byPath.set(path, reader);
    return reader;
  };
  return { opened, another, shared };
}

async function openStems(
  located: readonly LocatedStem[],
  open: (path: string) => Promise<AudioReader>,
): Promise<OpenStem[]> {
  const stems: OpenStem[] = [];
  for (const stem of located) {
    const readers: AudioReader[] = [];
    for (const { realPath } of stem.files) readers.push(await open(realPath));
    stems.push({ ...stem, readers });
  }
  return stems;
}

/** @throws SceneError 'stem-rates' that names the files of every rate */
function commonRate(readers: readonly AudioReader[], file: string): number {
  const filesByRate = new Map<number, string[]>();
  for (const { sampleRateHz, file: stem } of readers) {
    filesByRate.set(sampleRateHz, [...(filesByRate.get(sampleRateHz) ?? []), basename(stem)]);
  }
  const [first, ...others] = filesByRate.keys();
  if (first !== undefined && others.length === 0) return first;
  const list = [...filesByRate].map(([rate, files]) => `${rate} Hz: ${files.join(', ')}`);
  throw new SceneError(
    'stem-rates',
    `the stems have ${list.length} sample rates; allowed: one\n  ${list.join('\n  ')}`,
    {
      file,
      hint: 'convert the stems to one sample rate',
    },
  );
}
