import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ConfigError, FormatError } from '../base/errors.ts';
import { isAdmFile } from '../io/adm/adm-scene.ts';
import { toInputError } from '../io/input-file.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { compareAudio, type AudioComparison, type CompareAudioOptions } from './compare-audio.ts';
import { isSceneFile } from './measure-scene.ts';
import { renderScene } from './render-scene.ts';
import type { SceneJobOptions } from './scene-job.ts';

/** What was compared, and how the second differs from the first. */
export interface CompareResult {
  readonly version: 1;
  readonly first: string;
  readonly second: string;
  /** How scenes were compared: on renders by periphon; undefined for finished audio. */
  readonly targets: readonly string[] | undefined;
  readonly comparisons: readonly AudioComparison[];
  /** Files of folders that the other has not. */
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
}

/** Options of `compareFiles`. */
export interface CompareOptions extends CompareAudioOptions {
  /** Targets that scenes are rendered to; 7.1.4, 5.1, binaural and stereo where undefined. */
  readonly targets?: readonly string[] | undefined;
  readonly allowOutside?: boolean | undefined;
  readonly rendering?: SceneJobOptions['rendering'];
  readonly listening?: SceneJobOptions['listening'];
  /** Folder for the renders of scenes, which are removed; the system's temporary folder. */
  readonly scratchDir?: string | undefined;
}

/** Targets that scenes are compared on where none are named. */
export const comparedTargets: readonly string[] = Object.freeze(['7.1.4', '5.1', 'binaural', 'stereo']);

const audioName = /\.(?:wav|wave|bw64|rf64|flac|caf|aiff?|amb|mp3|m4a|ogg|opus|wv)$/i;

/**
 * Compares two audio files, two folders of deliverables file by file, or two scenes on their renders; so ADM masters,
 * alone and in folders.
 * @throws ConfigError 'compare-kinds' for things that are not of one kind; FormatError where rates or layouts differ
 */
export async function compareFiles(
  first: string,
  second: string,
  options: CompareOptions = {},
): Promise<CompareResult> {
  const kinds = [await kindOf(first, options), await kindOf(second, options)] as const;
  if (kinds[0] !== kinds[1])
    throw new ConfigError(
      'compare-kinds',
      `${first} is ${kinds[0]}, ${second} is ${kinds[1]}; two of one kind are allowed`,
      { hint: 'render the scene first, or name the file in the folder' },
    );
  const whole = { version: 1, first, second, onlyFirst: [], onlySecond: [] } as const;
  switch (kinds[0]) {
    case 'a folder':
      return { ...whole, ...(await compareFolders(first, second, options)) };
    case 'a scene':
      return { ...whole, ...(await compareScenes(first, second, options)) };
    case 'an audio file': {
      const comparison = await compareAudio(basename(second), first, second, options);
      return { ...whole, targets: undefined, comparisons: [comparison] };
    }
  }
}

/** What a path leads to. */
type Kind = 'a folder' | 'a scene' | 'an audio file';

async function kindOf(path: string, { onWarning }: CompareOptions): Promise<Kind> {
  const found = await stat(path).catch((error: unknown) => {
    throw toInputError(error, path);
  });
  if (found.isDirectory()) return 'a folder';
  if (isSceneFile(path)) return 'a scene';
  const reader = await openAudioFile(path, { kernels: await loadKernels({ onWarning }), onWarning });
  try {
    return isAdmFile(reader) ? 'a scene' : 'an audio file';
  } finally {
    await reader.close();
  }
}

async function compareFolders(
  first: string,
  second: string,
  options: CompareOptions,
): Promise<Omit<CompareResult, 'version' | 'first' | 'second'>> {
  const [files, otherFiles] = [await audioFilesOf(first), await audioFilesOf(second)];
  const sharesNames = files.some((file) => otherFiles.includes(file));
  const [own, others] = [byTail(files, sharesNames), byTail(otherFiles, sharesNames)];
  const names = [...own.keys()].filter((name) => others.has(name));
  if (names.length === 0)
    throw new FormatError(
      'compare-nothing',
      `${first} and ${second} have no audio file in common: found are ${listed(own)} and ${listed(others)}`,
      { file: second },
    );
  const comparisons: AudioComparison[] = [];
  for (const name of names) {
    const [one, other] = [join(first, own.get(name)!), join(second, others.get(name)!)];
    const areScenes =
      (await kindOf(one, options)) === 'a scene' && (await kindOf(other, options)) === 'a scene';
    if (areScenes) {
      const renders = (await compareScenes(one, other, options)).comparisons;
      comparisons.push(...renders.map((render) => ({ ...render, name: `${name} on ${render.name}` })));
    } else comparisons.push(await compareAudio(name, one, other, options));
  }
  const without = (from: ReadonlyMap<string, string>): string[] =>
    [...from].filter(([name]) => !names.includes(name)).map(([, file]) => file);
  return { targets: undefined, comparisons, onlyFirst: without(own), onlySecond: without(others) };
}

const listed = (files: ReadonlyMap<string, string>): string => [...files.values()].join(', ') || 'none';

async function audioFilesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: unknown) => {
    throw toInputError(error, folder);
  });
  return entries.filter((name) => audioName.test(name) && !name.startsWith('.')).sort();
}

/**
 * Files by their names or, where two folders share none, by what follows the start that is common in each:
 * deliverables of scenes with different names find each other.
 */
function byTail(files: readonly string[], byWholeName: boolean): Map<string, string> {
  const start = byWholeName ? '' : sharedStart(files);
  return new Map(files.map((file) => [file.slice(start.length), file]));
}

/** What all names begin with, up to its last point. */
function sharedStart(names: readonly string[]): string {
  const [first = '', last = ''] = [names[0], names.at(-1)];
  if (names.length < 2) return '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, first.lastIndexOf('.', length - 1) + 1);
}

async function compareScenes(
  first: string,
  second: string,
  options: CompareOptions,
): Promise<Pick<CompareResult, 'targets' | 'comparisons'>> {
  const targets = options.targets ?? comparedTargets;
  const folder = await mkdtemp(join(options.scratchDir ?? tmpdir(), 'periphon-compare-'));
  try {
    const render = (scene: string, name: string) =>
      renderScene({ ...options, layout: undefined, scene, targets, outDir: join(folder, name) });
    const [one, other] = [await render(first, 'first'), await render(second, 'second')];
    const comparisons: AudioComparison[] = [];
    for (const [index, { target, file }] of one.files.entries()) {
      const compared = await compareAudio(target, file, other.files[index]!.file, {
        ...options,
        layout: undefined,
        channelOrder: undefined,
        onWarning: undefined,
      });
      comparisons.push({
        ...compared,
        first: { ...compared.first, file: first },
        second: { ...compared.second, file: second },
      });
    }
    return { targets, comparisons };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
