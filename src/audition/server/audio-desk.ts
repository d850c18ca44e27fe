import type { Kernels } from '../../kernels/kernels.ts';
import type { AuditionPlan } from './audition-plan.ts';
import { ambisonicFilters, loudspeakerFilters } from './hrtf-filters.ts';
import { createHrtfLibrary } from './hrtf-library.ts';
import { createSourceShelf, openSource } from './source-reader.ts';

/** Everything of a session that takes computing: samples of sources, and filters. */
export interface AudioDesk {
  /** Interleaved samples [frame][channel] of a source. */
  read(id: string, startFrame: number, frameCount: number): Promise<Float32Array<ArrayBuffer>>;
  /** See `ambisonicFilters`. */
  ambisonicFilters(hrtfId: string, order: number): Promise<Float32Array<ArrayBuffer>>;
  /** See `loudspeakerFilters`. @param layout a key of `Session.layouts` */
  loudspeakerFilters(hrtfId: string, layout: string): Promise<Float32Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Makes a desk that works on the thread of the caller. */
export function createAudioDesk(plan: AuditionPlan, kernels: Kernels): AudioDesk {
  const { sampleRateHz, sources } = plan.session;
  const shelf = createSourceShelf((id) => openSource(plan.sources[id]!, sampleRateHz, kernels));
  const library = createHrtfLibrary(plan.hrtfs, sampleRateHz);
  const filters = new Map<string, Promise<Float32Array<ArrayBuffer>>>();
  const remember = (key: string, make: () => Promise<Float32Array<ArrayBuffer>>) => {
    const made = filters.get(key) ?? make();
    filters.set(key, made);
    return made;
  };
  return {
    read: shelf.read,
    ambisonicFilters: (hrtfId, order) =>
      remember(`${hrtfId} ambisonic ${order}`, async () =>
        ambisonicFilters(order, await library.load(hrtfId)),
      ),
    loudspeakerFilters: (hrtfId, layout) =>
      remember(`${hrtfId} loudspeakers ${layout}`, async () => {
        const bed = sources.find((source) => source.layout === layout)!;
        return loudspeakerFilters(plan.sources[bed.id]!.scene, await library.load(hrtfId), kernels);
      }),
    close: shelf.close,
  };
}
