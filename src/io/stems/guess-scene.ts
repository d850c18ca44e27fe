import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { PeriphonError, SceneError } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { SceneDocument } from '../../scene/scene-schema.ts';
import { toInputError } from '../input-file.ts';
import { openAudioFile } from '../open-audio-file.ts';
import { guessDocument } from './guess-document.ts';
import type { StemFacts } from './guess-document.ts';

/** A first scene for a folder of stems. */
export interface GuessedScene {
  /** The scene document, for a file inside the folder. */
  readonly document: SceneDocument;
  /** One sentence for each guess. */
  readonly guesses: readonly string[];
  /** Name that the scene file should have: "<folder name>.scene.json". */
  readonly fileName: string;
}

const audioExtensions = /\.(?:wav|wave|rf64|bw64|amb|flac|aiff?|caf|mp3|m4a|aac|ogg|oga|opus)$/i;

/**
 * Looks at the audio files of a folder (not of its subfolders) and guesses a scene. Files that cannot be read
 * are left out, and the guesses say so.
 * @throws SceneError 'no-stems' if nothing in the folder can be a stem; FormatError if it cannot be read
 */
export async function guessScene(
  folder: string,
  options: { readonly kernels: Kernels },
): Promise<GuessedScene> {
  const names = await audioFilesOf(folder);
  const stems: StemFacts[] = [];
  const leftOut: string[] = [];
  for (const name of names) {
    try {
      const reader = await openAudioFile(join(folder, name), { ...options, onWarning: () => undefined });
      await reader.close();
      const { channelCount, channelLabels, sampleRateHz } = reader;
      stems.push({ file: name, channelCount, channelLabels, sampleRateHz });
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      leftOut.push(`"${name}" is left out: ${error.message}`);
    }
  }
  const sceneName = basename(resolve(folder)) || 'scene';
  const { document, guesses } = guessDocument(stems, sceneName);
  if (!document.beds && !document.objects && !document.ambisonics) {
    const message = `${folder}: no audio file that could be a stem`;
    throw new SceneError('no-stems', message, {
      file: folder,
      hint: [...leftOut, ...guesses].join('; ') || undefined,
    });
  }
  return { document, guesses: [...guesses, ...leftOut], fileName: `${sceneName}.scene.json` };
}

async function audioFilesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'));
    return files
      .map(({ name }) => name)
      .filter((name) => audioExtensions.test(name))
      .sort();
  } catch (error) {
    throw toInputError(error, folder);
  }
}
