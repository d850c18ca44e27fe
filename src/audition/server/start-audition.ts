import { loadKernels } from '../../kernels/load-kernels.ts';
import { liveScene } from '../protocol/live-scene.ts';
import type { Session, Source } from '../protocol/session.ts';
import { createThreadedDesk, withFilterMemory, type AudioDesk } from './audio-desk.ts';
import { planAudition, type AuditionInput } from './audition-plan.ts';
import { createNotesFile } from './notes-file.ts';
import { createOverviewBook } from './overview-book.ts';
import { openOverviewCache } from './overview-cache.ts';
import { builtPageFolder, listPageFiles } from './page-files.ts';
import { serveAudition, type ListenOptions } from './serve-audition.ts';

/** Options of `startAudition`. */
export interface AuditionOptions extends AuditionInput, ListenOptions {}

/** A running audition. */
export interface Audition {
  /** Address of the page, token included. */
  readonly url: string;
  readonly session: Session;
  /** Ends all connections and threads, and closes all files. */
  close(): Promise<void>;
}

/**
 * Starts a server on which a scene or a folder of deliverables is heard: see `Session` for what it serves. It listens
 * on this machine alone unless told otherwise, and answers nobody who does not know its token.
 * @throws the errors of `planAudition` and `serveAudition`
 */
export async function startAudition(options: AuditionOptions): Promise<Audition> {
  const plan = await planAudition(options, await loadKernels({ onWarning: options.onWarning }));
  const desk = withFilterMemory(createThreadedDesk(plan));
  const [first, ...others] = plan.session.sources;
  const hrtfId = plan.session.hrtfs[0]!.id;
  try {
    // Play is answered at once: whoever knows the address finds the first source ready.
    await prepare(desk, hrtfId, first!);
    for (const source of others) void prepare(desk, hrtfId, source);
    const overviews = createOverviewBook(desk, openOverviewCache(plan));
    const pageFiles = await listPageFiles(builtPageFolder);
    const notes = createNotesFile(plan.folder);
    const server = await serveAudition({ plan, pageFiles, notes, desk, overviews }, options);
    return {
      url: server.url,
      session: plan.session,
      async close() {
        await server.close();
        await desk.close();
      },
    };
  } catch (error) {
    await desk.close();
    throw error;
  }
}

/** Opens a source and makes its filters, before the page asks. What fails here fails again when it does. */
async function prepare(desk: AudioDesk, hrtfId: string, source: Source): Promise<void> {
  const { id, kind, layout } = source;
  const order = kind === 'scene' ? liveScene.order : source.order;
  await Promise.allSettled([
    desk.read(id, 0, 0),
    order !== undefined && desk.ambisonicFilters(hrtfId, order),
    layout !== undefined && desk.loudspeakerFilters(hrtfId, layout),
  ]);
}
