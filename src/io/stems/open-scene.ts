import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Issue, WarningHandler } from '../../base/errors.ts';
import { designResampler, type ResamplerDesign } from '../../dsp/resampler.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { parseJsonText } from '../../scene/json-text.ts';
import { parseScene } from '../../scene/parse-scene.ts';
import type { ParsedScene } from '../../scene/parse-scene.ts';
import { sideFilesOf } from '../../scene/side-files.ts';
import type { AudioReader } from '../audio-file.ts';
import { isDamfName } from '../damf/damf-files.ts';
import { openDamfScene } from '../damf/damf-scene.ts';
import { toInputError } from '../input-file.ts';
import { openAudioFile } from '../open-audio-file.ts';
import { createResampledReader } from '../resampled-reader.ts';
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
  /** Programme of an ADM file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  /** Receives warnings; one that throws makes them errors. */
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Opens a scene: a scene file (`*.json`) over its stems, an ADM BWF, a master in DAMF (`*.atmos`), or a finished audio file
 * as a scene of one bed.
 * Stems are resolved relative to the scene file. Stems that end before the scene are followed by silence,
 * with the warning 'stem-short'. The scene has the sample rate of most of its files, of the first named among
 * equals; the others are converted to it, with the warning 'stem-rate'.
 * @throws SceneError 'json-syntax', 'scene-invalid', 'stem-missing', 'stem-outside', 'stem-ambiguous',
 * 'stem-channels', each with all faults of its kind; FormatError for files that cannot be read
 */
export async function openScene(file: string, options: OpenSceneOptions): Promise<SceneReader> {
  const { allowOutside = false, layout, onWarning = () => undefined } = options;
  const isDamf = isDamfName(file);
  if (!isDamf && !/\.json$/i.test(file)) return openAudioScene(file, options);
  if (layout) {
    const message = `${file}: a ${isDamf ? 'master' : 'scene file'} states its own layouts; "${layout.name}" is not used`;
    onWarning({ code: 'layout-unused', message, file });
  }
  if (isDamf) return openDamfScene(file, options);
  const document = parseJsonText(await readText(file), { file });
  const folder = await openStemFolder(file, allowOutside);
  const parsed = await parseDocument(document, file, folder);
  const { located, stereoMasterFile, issues } = await locateStems(parsed, folder);
  throwStemIssues(issues, file);

  const open = createOpener(options);
  try {
    const stems = await openStems(located, open.shared);
    const sampleRateHz = commonestRate(open.opened);
    const convert = createConverter(sampleRateHz, options);
    const atOneRate = stems.map((stem) => ({ ...stem, readers: stem.readers.map(convert) }));
    const placement = placeStems(parsed.scene, atOneRate, sampleRateHz, onWarning);
    throwStemIssues(placement.issues, file);
    const used = new Set<AudioReader>();
    const placed = [];
    for (const stem of placement.placed) {
      // Elements that start a shared file at different times each read it on their own.
      const reader = used.has(stem.reader) ? convert(await open.another(stem.reader.file)) : stem.reader;
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

/** The rate of most files; of rates that as many files have, that of the first one named (beds come first). */
function commonestRate(readers: readonly AudioReader[]): number {
  const counts = new Map<number, number>();
  for (const { sampleRateHz } of readers) counts.set(sampleRateHz, (counts.get(sampleRateHz) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)![0];
}

/** Brings readers to the rate of the scene, each to one reader, with a warning for each file. */
function createConverter(
  toHz: number,
  { kernels, onWarning }: OpenSceneOptions,
): (reader: AudioReader) => AudioReader {
  const converted = new Map<AudioReader, AudioReader>();
  const designs = new Map<number, ResamplerDesign>();
  const warned = new Set<string>();
  return (reader) => {
    const { sampleRateHz, file } = reader;
    if (sampleRateHz === toHz) return reader;
    const known = converted.get(reader);
    if (known) return known;
    if (!warned.has(file)) {
      const message = `${file}: has ${sampleRateHz} Hz; converted to ${toHz} Hz, the rate of the scene`;
      onWarning?.({ code: 'stem-rate', message, file });
      warned.add(file);
    }
    const design = designs.get(sampleRateHz) ?? designResampler(sampleRateHz, toHz);
    designs.set(sampleRateHz, design);
    const made = createResampledReader(reader, design, kernels);
    converted.set(reader, made);
    return made;
  };
}
