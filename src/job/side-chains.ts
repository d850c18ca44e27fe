import { dirname, isAbsolute, join } from 'node:path';
import type { WarningHandler } from '../base/errors.ts';
import { designResampler } from '../dsp/resampler.ts';
import type { AudioReader } from '../io/audio-file.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { createResampledReader } from '../io/resampled-reader.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Recipe } from '../master/recipe.ts';
import { isActive, type SceneEntry } from '../master/scene-stage/entry-schema.ts';

/** What a recipe's entry says of its detector, as far as files and renders go. */
interface DetectorWords {
  readonly file?: unknown;
  readonly render?: unknown;
}

const detectorOf = ({ parameters }: SceneEntry): DetectorWords => {
  const { detector } = parameters;
  return typeof detector === 'object' && detector !== null ? detector : {};
};

/** Whether a detector of these entries listens on headphones, or a limiter hears them among its renders. */
export const listensOnHeadphones = (entries: readonly SceneEntry[]): boolean =>
  entries.some((entry) => {
    const { renders } = entry.parameters;
    const heard = [detectorOf(entry).render, ...(Array.isArray(renders) ? (renders as unknown[]) : [])];
    return isActive(entry) && heard.includes('binaural');
  });

/** Paths of the files that detectors of a recipe listen to. */
export const sideChainFiles = (
  recipe: Recipe | undefined,
  options: { readonly recipe?: string | Recipe | undefined },
): string[] =>
  (recipe?.scene ?? []).flatMap((entry) => {
    const { file } = detectorOf(entry);
    if (!isActive(entry) || typeof file !== 'string') return [];
    const folder = typeof options.recipe === 'string' ? dirname(options.recipe) : '.';
    return [isAbsolute(file) ? file : join(folder, file)];
  });

/**
 * Opens the files that detectors of a recipe listen to, each once, at the rate of the scene; their first frame is
 * sample 0 of the scene.
 * @param folder that relative paths start from: the recipe's
 * @returns by the names that the recipe gives them
 */
export async function openSideChains(
  entries: readonly SceneEntry[],
  {
    folder,
    sampleRateHz,
    kernels,
    onWarning,
  }: {
    readonly folder: string;
    readonly sampleRateHz: number;
    readonly kernels: Kernels;
    readonly onWarning?: WarningHandler | undefined;
  },
): Promise<ReadonlyMap<string, AudioReader>> {
  const readers = new Map<string, AudioReader>();
  try {
    for (const entry of entries) {
      const { file } = detectorOf(entry);
      if (!isActive(entry) || typeof file !== 'string' || readers.has(file)) continue;
      const path = isAbsolute(file) ? file : join(folder, file);
      const reader = await openAudioFile(path, { kernels, onWarning });
      readers.set(file, reader);
      const fromHz = reader.sampleRateHz;
      if (fromHz === sampleRateHz) continue;
      readers.set(file, createResampledReader(reader, designResampler(fromHz, sampleRateHz), kernels));
    }
  } catch (error) {
    for (const reader of readers.values()) await reader.close();
    throw error;
  }
  return readers;
}
