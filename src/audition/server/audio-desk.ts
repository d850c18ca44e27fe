import { FormatError } from '../../base/errors.ts';
import { loadKernels } from '../../kernels/load-kernels.ts';
import type { Overview } from '../protocol/session.ts';
import type { AuditionPlan } from './audition-plan.ts';
import { ambisonicFilters, loudspeakerFilters } from './hrtf-filters.ts';
import { createHrtfLibrary } from './hrtf-library.ts';
import { pathInFolder } from './list-folder.ts';
import { measureOverview } from './measure-overview.ts';
import { createReadCount, type ReadCount } from './polite-rest.ts';
import { createSourceShelf, openSource, type SourceReader } from './source-reader.ts';
import { createThread, type CalledThread } from './thread-calls.ts';

/** Everything of a session that takes computing: samples of sources, filters and overviews. */
export interface AudioDesk {
  /** Interleaved samples [frame][channel] of a source. */
  read(id: string, startFrame: number, frameCount: number): Promise<Float32Array<ArrayBuffer>>;
  /** See `ambisonicFilters`. */
  ambisonicFilters(hrtfId: string, order: number): Promise<Float32Array<ArrayBuffer>>;
  /** See `loudspeakerFilters`. @param layout a key of `Session.layouts` */
  loudspeakerFilters(hrtfId: string, layout: string): Promise<Float32Array<ArrayBuffer>>;
  /** Measures a source as it is heard through a set. @param onProgress called with the share done, 0..1 */
  overview(id: string, hrtfId: string, onProgress: (fraction: number) => void): Promise<Overview>;
  close(): Promise<void>;
}

/** A call of a desk that goes to a thread. */
export type DeskTask =
  | { readonly kind: 'read'; readonly id: string; readonly startFrame: number; readonly frameCount: number }
  | { readonly kind: 'ambisonic'; readonly hrtfId: string; readonly order: number }
  | { readonly kind: 'loudspeakers'; readonly hrtfId: string; readonly layout: string }
  | { readonly kind: 'overview'; readonly id: string; readonly hrtfId: string };

/** Makes a desk that works on the thread of the caller. @param rest awaited again and again while it measures */
export function createAudioDesk(plan: AuditionPlan, rest?: () => Promise<void>): AudioDesk {
  const { sampleRateHz, sources } = plan.session;
  const open = async (id: string): Promise<SourceReader> => {
    const file = sources.find((source) => source.id === id)?.file;
    // Since the session was planned a link may have taken its place.
    if (file !== undefined && (await pathInFolder(plan.folder, file)) === undefined)
      throw new FormatError('file-missing', `${file} is no longer in the folder`, { file });
    // Kernels own memory that only grows: what comes and goes has its own.
    return openSource(plan.sources[id]!, sampleRateHz, await loadKernels());
  };
  const shelf = createSourceShelf(open);
  const library = createHrtfLibrary(plan.hrtfs, sampleRateHz);
  return {
    read: shelf.read,
    ambisonicFilters: async (hrtfId, order) => ambisonicFilters(order, await library.load(hrtfId)),
    async loudspeakerFilters(hrtfId, layout) {
      const bed = sources.find((source) => source.layout === layout)!;
      const hrtf = await library.load(hrtfId);
      return loudspeakerFilters(plan.sources[bed.id]!.scene, hrtf, await loadKernels());
    },
    async overview(id, hrtfId, onProgress) {
      const reader = await open(id);
      try {
        return await measureOverview({
          plan: plan.sources[id]!,
          reader,
          sampleRateHz,
          kernels: await loadKernels(),
          hrtf: await library.load(hrtfId),
          onProgress,
          rest,
        });
      } finally {
        await reader.close();
      }
    },
    close: shelf.close,
  };
}

/** What a thread of a desk is started with. */
export interface DeskThreadData {
  readonly plan: AuditionPlan;
  readonly reads: ReadCount;
}

/**
 * Makes a desk that works on threads: one reads files for those who listen, one the scene, which takes long to open, and
 * neither does anything else, so that nobody who listens waits for what the third one measures and designs.
 */
export function createThreadedDesk(plan: AuditionPlan): AudioDesk {
  const module = new URL('./audition-worker.js', import.meta.url);
  const reads = createReadCount();
  const start = (): CalledThread<DeskTask> => createThread(module, { plan, reads } satisfies DeskThreadData);
  const [files, scene, working] = [start(), start(), start()];
  const readerOf = (id: string): CalledThread<DeskTask> =>
    plan.sources[id]!.kind === 'scene' ? scene : files;
  return {
    read(id, startFrame, frameCount) {
      Atomics.add(reads, 0, 1);
      return readerOf(id).call({ kind: 'read', id, startFrame, frameCount });
    },
    ambisonicFilters: (hrtfId, order) => working.call({ kind: 'ambisonic', hrtfId, order }),
    loudspeakerFilters: (hrtfId, layout) => working.call({ kind: 'loudspeakers', hrtfId, layout }),
    overview: (id, hrtfId, onProgress) => working.call({ kind: 'overview', id, hrtfId }, onProgress),
    async close() {
      await Promise.all([files, scene, working].map((thread) => thread.close()));
    },
  };
}

/** Keeps the filters of a desk in memory once they are made. */
export function withFilterMemory(desk: AudioDesk): AudioDesk {
  const made = new Map<string, Promise<Float32Array<ArrayBuffer>>>();
  const remember = (key: string, make: () => Promise<Float32Array<ArrayBuffer>>) => {
    const known = made.get(key);
    if (known) return known;
    const making = make();
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };
  return {
    ...desk,
    ambisonicFilters: (hrtfId, order) =>
      remember(JSON.stringify([hrtfId, order]), () => desk.ambisonicFilters(hrtfId, order)),
    loudspeakerFilters: (hrtfId, layout) =>
      remember(JSON.stringify([hrtfId, layout]), () => desk.loudspeakerFilters(hrtfId, layout)),
  };
}
