import { parentPort } from 'node:worker_threads';
import { masterTarget, type MasterTask } from './master-target.ts';
import { renderBuses, type RenderTask } from './render-buses.ts';
import { packError, sharedStopSignal, type WorkerMessage, type WorkerTask } from './worker-messages.ts';
import { createBlockSource, type BlockChannelEnd } from './block-channel.ts';

/** What a worker can do: render some buses of what another thread reads, or finish a target. */
export type JobTask =
  | { readonly kind: 'render'; readonly render: RenderTask; readonly input: BlockChannelEnd }
  | { readonly kind: 'master'; readonly master: MasterTask };

/** The thread that does one task after another until it is terminated. */
const port = parentPort;
if (!port) throw new Error('this module runs in a worker thread');

const send = (message: WorkerMessage<unknown>): void => port.postMessage(message);

port.on('message', ({ task, stopFlag }: WorkerTask<JobTask>) => {
  const context = {
    signal: sharedStopSignal(stopFlag),
    onProgress: (progress) => send({ kind: 'progress', progress }),
    onWarning: (warning) => send({ kind: 'warning', warning }),
  } satisfies Parameters<typeof masterTarget>[1];
  const running: Promise<unknown> =
    task.kind === 'render'
      ? renderBuses(task.render, createBlockSource(task.input), context).finally(() =>
          task.input.port.close(),
        )
      : masterTarget(task.master, context);
  running.then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => send({ kind: 'failed', error: packError(error) }),
  );
});
