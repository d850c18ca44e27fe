import { Worker } from 'node:worker_threads';
import type { WarningHandler } from '../base/errors.ts';
import type { ProgressHandler } from './progress.ts';
import type { StopSignal } from './pump.ts';
import { unpackError, type WorkerMessage, type WorkerTask } from './worker-messages.ts';

/** How tasks speak to those who gave them. */
export interface TaskContext {
  readonly signal?: StopSignal | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
}

/** A worker pool's settings. */
export interface PoolOptions extends Omit<TaskContext, 'signal'> {
  /** The worker's module. */
  readonly module: URL;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs tasks on worker threads, at most `threads` at once, in the order given. The first failure stops all
 * others; every task ends (and cleans up after itself) before this returns.
 * @returns the results in the order of the tasks
 */
export async function runOnWorkers<Task, Result>(
  tasks: readonly Task[],
  options: PoolOptions,
): Promise<Result[]> {
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  const stop = (): void => void Atomics.store(stopFlag, 0, 1);
  const results: Result[] = new Array<Result>(tasks.length);
  const failures: unknown[] = [];
  let next = 0;
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();

  const serve = async (): Promise<void> => {
    const worker = new Worker(options.module);
    try {
      while (next < tasks.length && failures.length === 0) {
        const index = next++;
        results[index] = await runTask<Task, Result>(worker, { task: tasks[index], stopFlag }, options);
      }
    } catch (error) {
      failures.push(error);
      stop();
    } finally {
      await worker.terminate();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.threads, tasks.length) }, serve));
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
  if (failures.length > 0) throw failures[0];
  return results;
}

function runTask<Task, Result>(
  worker: Worker,
  task: WorkerTask<Task>,
  { onWarning, onProgress }: PoolOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let thrown: unknown;
    const settle = (action: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      action();
    };
    const onMessage = (message: WorkerMessage<Result>): void => {
      try {
        if (message.kind === 'progress') onProgress?.(message.progress);
        else if (message.kind === 'warning') onWarning?.(message.warning);
        else if (message.kind === 'done')
          settle(() => (thrown === undefined ? resolve(message.result) : reject(thrown)));
        else settle(() => reject(thrown ?? unpackError(message.error)));
      } catch (error) {
        // A handler that throws (a warning under --strict) is a failure of the task.
        Atomics.store(task.stopFlag, 0, 1);
        thrown ??= error;
      }
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(thrown ?? new Error(`worker ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}
