import { loadDefaultHrtf } from '../io/packed/packed-hrtf.ts';
import type { RendererOptions } from '../render/renderer.ts';

/** What all renderers of a job share. */
export type SharedRendererOptions = Omit<RendererOptions, 'format' | 'hrtf'>;

/** Adds the HRTF set of a job to what its renderers share. @param isHrtfNeeded whether anything is heard on headphones */
export async function loadRendererOptions(
  shared: SharedRendererOptions,
  isHrtfNeeded: boolean,
): Promise<Omit<RendererOptions, 'format'>> {
  return { ...shared, hrtf: isHrtfNeeded ? await loadDefaultHrtf(shared.sampleRateHz) : undefined };
}
