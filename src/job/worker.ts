import { parentPort } from 'node:worker_threads';
import { masterTarget, type MasteredTarget, type MasterTask } from './master-target.ts';
import { packError, sharedStopSignal, type WorkerMessage, type WorkerTask } from './worker-messages.ts';

/** The thread in which targets are finished: one task after another until it is terminated. */
const port = parentPort;
if (!port) throw new Error('this module runs in a worker thread');

const send = (message: WorkerMessage<MasteredTarget>): void => port.postMessage(message);

port.on('message', ({ task, stopFlag }: WorkerTask<MasterTask>) => {
  masterTarget(task, {
    signal: sharedStopSignal(stopFlag),
    onProgress: (progress) => send({ kind: 'progress', progress }),
    onWarning: (warning) => send({ kind: 'warning', warning }),
  }).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => send({ kind: 'failed', error: packError(error) }),
  );
});
