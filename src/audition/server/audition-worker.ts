import { parentPort, workerData } from 'node:worker_threads';
import { createAudioDesk, type DeskTask, type DeskThreadData } from './audio-desk.ts';
import { createPoliteRest } from './polite-rest.ts';
import { answerCalls } from './thread-calls.ts';

/** The thread that does the work of a desk. */
if (!parentPort) throw new Error('this module runs in a worker thread');

const { plan, reads } = workerData as DeskThreadData;
const desk = createAudioDesk(plan, createPoliteRest(reads));

answerCalls<DeskTask>(parentPort, async (task, onProgress) => {
  switch (task.kind) {
    case 'read': {
      const result = await desk.read(task.id, task.startFrame, task.frameCount);
      return { result, transfer: [result.buffer] };
    }
    case 'ambisonic':
      return { result: await desk.ambisonicFilters(task.hrtfId, task.order) };
    case 'loudspeakers':
      return { result: await desk.loudspeakerFilters(task.hrtfId, task.layout) };
    case 'overview':
      return { result: await desk.overview(task.id, task.hrtfId, onProgress) };
  }
});
