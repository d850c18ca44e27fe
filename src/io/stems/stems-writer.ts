import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AudioBlock } from '../../base/audio-block.ts';
import { SceneError, UnsupportedError } from '../../base/errors.ts';
import { rationalToSamplesCeil } from '../../base/time.ts';
import type { SampleFormat } from '../../kernels/interfaces/pcm.ts';
import { formatScene } from '../../scene/format-scene.ts';
import { formatJsonText, parseJsonText } from '../../scene/json-text.ts';
import { parseScene } from '../../scene/parse-scene.ts';
import { trackCountOf, type Scene, type SceneElement } from '../../scene/scene.ts';
import { sceneDifferences } from '../../scene/scene-differences.ts';
import { makeFolder, removeFolders, writeFileAtomically } from '../atomic-file.ts';
import type { AudioWriter } from '../audio-file.ts';
import { createHashListener, type HashListener } from '../hash-file.ts';
import type { SceneReader, StemInfo } from '../scene-reader.ts';
import type { ScenePlan, SceneWriterOptions, TrackSource } from '../scene-writer.ts';
import { containerOf, createWavWriter } from '../wav/wav-writer.ts';
import { isFloatFormat } from '../wav/wav-format.ts';
import { stemFileNames } from './stem-names.ts';

/** A stem file to write. */
interface PlannedStem {
  readonly file: string;
  readonly sampleFormat: SampleFormat;
  /** Tracks of the scene that it holds. */
  readonly firstTrack: number;
  readonly trackCount: number;
  /** Sample of the scene that is its first. */
  readonly startSample: number;
}

/**
 * Plans a scene file and, in the folder "NAME.stems" beside it, one WAV for each element, from the element's start to
 * the end of the scene: 24 bit, or 32-bit float where its audio holds more. What the document does not say comes with
 * the warning 'stems-lossy'.
 * @throws UnsupportedError 'stems-scene' where a scene file cannot say the scene
 */
export function planStems(file: string, options: SceneWriterOptions): ScenePlan {
  const { scene } = options;
  const base = basename(file).replace(/(?:\.scene)?\.json$/i, '') || 'scene';
  const folderName = `${base}.stems`;
  const names = stemFileNames(scene.elements);
  const { text, scene: written } = documentText(
    file,
    names.map((name) => `${folderName}/${name}`),
    options,
  );
  const folder = join(dirname(file), folderName);
  const stems = planFiles(
    names.map((name) => join(folder, name)),
    options,
  );
  return {
    files: [file, ...stems.map((stem) => stem.file)],
    start: () => startStems(file, text, folder, stems, options),
    rehearse: async (tracks) => rehearseStems(file, written, stems, options, tracks),
  };
}

function planFiles(
  files: readonly string[],
  { scene, sampleRateHz, sources = [] }: SceneWriterOptions,
): PlannedStem[] {
  let firstTrack = 0;
  return scene.elements.map((element, index) => {
    const trackCount = trackCountOf(element);
    firstTrack += trackCount;
    return {
      file: files[index]!,
      sampleFormat: sampleFormatOf(element, sources, sampleRateHz),
      firstTrack: firstTrack - trackCount,
      trackCount,
      startSample: rationalToSamplesCeil(element.startSec, sampleRateHz),
    };
  });
}

function sampleFormatOf(
  { name }: SceneElement,
  sources: readonly StemInfo[],
  sampleRateHz: number,
): SampleFormat {
  const isLong = sources.some(
    (stem) => stem.elements.includes(name) && holdsMoreThan24Bits(stem, sampleRateHz),
  );
  return isLong ? 'float32' : 'int24';
}

/** Whether samples of a file, at the rate of its scene, have bits below the 24th. */
export const holdsMoreThan24Bits = (stem: StemInfo, sceneRateHz: number): boolean =>
  stem.bitDepth > 24 || isFloatFormat(stem.sampleFormat) || stem.sampleRateHz !== sceneRateHz;

/** The text of the scene file, and the scene that is read of it. */
function documentText(
  file: string,
  stemNames: readonly string[],
  { scene, onWarning = () => undefined }: SceneWriterOptions,
): { readonly text: string; readonly scene: Scene } {
  const text = formatJsonText(formatScene(scene, stemNames));
  let back: Scene;
  try {
    back = parseScene(parseJsonText(text), { name: scene.name }).scene;
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    const message = `${file}: a scene file cannot say this scene: ${error.message}`;
    throw new UnsupportedError('stems-scene', message, { file, cause: error });
  }
  for (const [path, count] of grouped(sceneDifferences(scene, back))) {
    const name = scene.elements[Number(/^elements\[(\d+)\]/.exec(path)?.[1])]?.name;
    const place = `${name === undefined ? '' : `"${name}": `}${path}`;
    const often = count === 1 ? '' : ` (${count} times)`;
    const message = `${file}: ${place} is beyond what a scene file says and is changed${often}`;
    onWarning({ code: 'stems-lossy', message, file, path });
  }
  return { text, scene: back };
}

/** The scene as it will be read of the file, its elements silent before their stems begin. */
function rehearseStems(
  file: string,
  scene: Scene,
  stems: readonly PlannedStem[],
  { sampleRateHz, frameCount }: SceneWriterOptions,
  tracks: TrackSource,
): SceneReader {
  const starts = stems.flatMap(({ startSample, trackCount }) => Array<number>(trackCount).fill(startSample));
  let position = 0;
  return {
    ...{ file, scene, sampleRateHz, frameCount, channelCount: starts.length },
    ...{ stems: [], stereoMasterFile: undefined },
    seek: (frame) => tracks.seek((position = frame)),
    async read(block) {
      const given = await tracks.read(block);
      for (const [track, start] of starts.entries())
        block.channels[track]!.fill(0, 0, Math.max(0, Math.min(given, start - position)));
      position += given;
      return given;
    },
    close: () => tracks.close(),
  };
}

/** Places with those of all blocks and list entries as one, each with how often it occurs. */
function grouped(paths: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const key = path
      .replace(/\.blocks\[\d+\]/, '.blocks')
      .replace(/(?:\[\d+\])+$/, (indices, at) => (at === 'elements'.length ? indices : ''));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

async function startStems(
  file: string,
  text: string,
  folder: string,
  stems: readonly PlannedStem[],
  { kernels, sampleRateHz, frameCount, overwrite, mark, onHash, largeFileForm = 'rf64' }: SceneWriterOptions,
): Promise<AudioWriter> {
  const writers: AudioWriter[] = [];
  const hashes: HashListener[] = [];
  const finished: string[] = [];
  let madeFolders: readonly string[] = [];
  const abort = async (): Promise<void> => {
    for (const writer of writers) await writer.abort();
    for (const done of finished) await rm(done, { force: true });
    await removeFolders(madeFolders);
  };
  const orAbort = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await abort();
      throw error;
    }
  };
  await orAbort(async () => {
    madeFolders = await makeFolder(folder);
    for (const stem of stems) {
      const { sampleFormat, trackCount: channelCount, startSample } = stem;
      const bitDepth = sampleFormat === 'int24' ? 24 : 32;
      const container = containerOf(largeFileForm);
      const settings = { kernels, sampleRateHz, channelCount, sampleFormat, container, overwrite };
      const marks = mark?.({ sampleRateHz, bitDepth, channelCount, startSample });
      const listener = onHash && createHashListener(Math.max(0, frameCount - startSample));
      if (listener) hashes.push(listener);
      writers.push(await createWavWriter(stem.file, { ...settings, ...marks, listener }));
    }
  });
  let position = 0;
  let isDone = false;
  return {
    file,
    abort: async () => (isDone ? undefined : abort()),
    write: (block) =>
      orAbort(async () => {
        for (const [index, stem] of stems.entries()) {
          const part = partOf(block, stem, position);
          if (part.frameCount > 0) await writers[index]!.write(part);
        }
        position += block.frameCount;
      }),
    finish: () =>
      orAbort(async () => {
        for (const writer of writers) {
          await writer.finish();
          finished.push(writer.file);
        }
        // The scene file comes last: where it stands, its stems are whole.
        await writeFileAtomically(file, text, { overwrite });
        isDone = true;
        for (const [index, { file: stem }] of stems.entries()) onHash?.(stem, hashes[index]!.sha256());
      }),
  };
}

/** What of a block goes into a stem. @param position of the block's first frame in the scene */
function partOf({ channels, frameCount }: AudioBlock, stem: PlannedStem, position: number): AudioBlock {
  const from = Math.max(0, Math.min(frameCount, stem.startSample - position));
  const own = channels.slice(stem.firstTrack, stem.firstTrack + stem.trackCount);
  return {
    channels: from === 0 ? own : own.map((channel) => channel.subarray(from, frameCount)),
    frameCount: frameCount - from,
  };
}
