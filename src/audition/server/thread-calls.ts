import { Worker, type MessagePort, type Transferable } from 'node:worker_threads';
import { InternalError } from '../../base/errors.ts';
import { packError, unpackError, type PortableError } from '../../job/worker-messages.ts';

/** A call on its way to a thread. */
interface Call<Task> {
  readonly id: number;
  readonly task: Task;
}

/** What a thread says of a call. */
type Reply =
  | { readonly id: number; readonly kind: 'progress'; readonly fraction: number }
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly error: PortableError };

/** A thread that is called like a function; calls may overlap. */
export interface CalledThread<Task> {
  /** @throws the task's own error; InternalError 'thread-ended' where the thread ends before it answers */
  call<Result>(task: Task, onProgress?: (fraction: number) => void): Promise<Result>;
  /** Ends the thread, whatever it is doing. */
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

/**
 * Makes a thread that starts with its first call; after it has ended by itself the next one starts it anew.
 * @param module that calls `answerCalls`
 * @param data that it finds in `workerData`
 */
export function createThread<Task>(module: URL, data: unknown): CalledThread<Task> {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let isClosed = false;
  let nextId = 0;

  const settle = (reply: Reply): void => {
    const call = pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') return call.onProgress?.(reply.fraction);
    pending.delete(reply.id);
    if (reply.kind === 'done') call.resolve(reply.result);
    else call.reject(unpackError(reply.error));
  };
  const failAll = (reason: string): void => {
    worker = undefined;
    for (const { reject } of pending.values()) reject(new InternalError('thread-ended', reason));
    pending.clear();
  };
  const start = (): Worker => {
    const started = new Worker(module, { workerData: data });
    started.on('message', settle);
    started.on('error', (error) => failAll(`a thread has ended: ${error.message}`));
    started.on('exit', () => started === worker && failAll('a thread has ended'));
    return started;
  };
  return {
    async call<Result>(task: Task, onProgress?: (fraction: number) => void): Promise<Result> {
      if (isClosed) throw new InternalError('thread-ended', 'the thread was ended');
      worker ??= start();
      const id = nextId++;
      worker.postMessage({ id, task } satisfies Call<Task>);
      return new Promise<Result>((resolve, reject) => {
        pending.set(id, { resolve: (result) => resolve(result as Result), reject, onProgress });
      });
    },
    async close() {
      isClosed = true;
      const ending = worker;
      failAll('the thread was ended');
      await ending?.terminate();
    },
  };
}

/** What a thread answers a call with: its result, and what of it is handed over instead of copied. */
export interface CallResult {
  readonly result: unknown;
  readonly transfer?: readonly Transferable[] | undefined;
}

/** Answers the calls that come to a thread. @param port its `parentPort` */
export function answerCalls<Task>(
  port: MessagePort,
  answer: (task: Task, onProgress: (fraction: number) => void) => Promise<CallResult>,
): void {
  const send = (reply: Reply, transfer?: readonly Transferable[]): void => port.postMessage(reply, transfer);
  port.on('message', ({ id, task }: Call<Task>) => {
    answer(task, (fraction) => send({ id, kind: 'progress', fraction })).then(
      ({ result, transfer }) => send({ id, kind: 'done', result }, transfer),
      (error: unknown) => send({ id, kind: 'failed', error: packError(error) }),
    );
  });
}
