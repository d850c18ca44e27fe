import { parentPort } from 'node:worker_threads';
import { hearRenders, type HearTask } from './hear-renders.ts';
import { masterTarget, type MasterTask } from './master-target.ts';
import { renderBuses, type RenderTask } from './render-buses.ts';
import { packError, sharedStopSignal, type WorkerMessage, type WorkerTask } from './worker-messages.ts';
import { createBlockSource, type BlockChannelEnd } from './block-channel.ts';
import type { TaskContext } from './worker-pool.ts';

/** What a worker can do: render some buses of what another thread reads, hear some renders of it, or finish a target. */
export type JobTask =
  | { readonly kind: 'render'; readonly render: RenderTask; readonly input: BlockChannelEnd }
  | { readonly kind: 'hear'; readonly hear: HearTask; readonly input: BlockChannelEnd }
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
  } satisfies TaskContext;
  const running = run(task, context);
  running.then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => send({ kind: 'failed', error: packError(error) }),
  );
});

function run(task: JobTask, context: TaskContext): Promise<unknown> {
  if (task.kind === 'master') return masterTarget(task.master, context);
  const { input } = task;
  const source = createBlockSource(input);
  const heard: Promise<unknown> =
    task.kind === 'render'
      ? renderBuses(task.render, source, context)
      : hearRenders(task.hear, source, context);
  return heard.finally(() => input.port.close());
}
