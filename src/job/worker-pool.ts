import { Worker, type Transferable } from 'node:worker_threads';
import type { WarningHandler } from '../base/errors.ts';
import type { ProgressHandler } from './progress.ts';
import type { StopSignal } from './pump.ts';
import { sharedStopSignal, unpackError, type WorkerMessage, type WorkerTask } from './worker-messages.ts';

/** How tasks speak to those who gave them. */
export interface TaskContext {
  readonly signal?: StopSignal | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
}

/** Settings of a worker pool. */
export interface WorkerPoolOptions {
  /** The workers' module. */
  readonly module: URL;
  /** Most workers; they are started when they are needed. */
  readonly workerCount: number;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
}

/** Threads that run tasks, and one flag that stops them all. */
export interface WorkerPool {
  readonly workerCount: number;
  /** Stops with the job's signal, and as soon as any task failed. */
  readonly signal: StopSignal;
  /** Runs a task on the next idle worker. @throws the task's own error */
  run<Task, Result>(task: Task, transfer?: readonly Transferable[]): Promise<Result>;
  /** Tells all running tasks to stop and clean up. */
  stop(): void;
  /** Ends the workers; tasks must have settled. */
  close(): Promise<void>;
}

/** Opens a pool of workers. */
export function openWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  const stop = (): void => void Atomics.store(stopFlag, 0, 1);
  const idle: Worker[] = [];
  const all: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();

  const acquire = (): Worker | Promise<Worker> => {
    const worker = idle.pop();
    if (worker) return worker;
    if (all.length >= options.workerCount) return new Promise((resolve) => waiting.push(resolve));
    const started = new Worker(options.module);
    all.push(started);
    return started;
  };
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    workerCount: options.workerCount,
    signal: sharedStopSignal(stopFlag),
    stop,
    async run<Task, Result>(task: Task, transfer: readonly Transferable[] = []): Promise<Result> {
      const worker = await acquire();
      try {
        return await runTask<Task, Result>(worker, { task, stopFlag }, transfer, options, stop);
      } catch (error) {
        stop();
        throw error;
      } finally {
        release(worker);
      }
    },
    async close() {
      options.signal?.removeEventListener('abort', stop);
      await Promise.all(all.map((worker) => worker.terminate()));
    },
  };
}

/**
 * Runs tasks on several runners at once, each taking the next task when it is done with one. After a failure
 * no task is started; the failure is thrown when all that were running have ended.
 * @returns the results in the order of the tasks
 */
export async function runTasks<Task, Result>(
  tasks: readonly Task[],
  runners: readonly ((task: Task) => Promise<Result>)[],
  stop: () => void,
): Promise<Result[]> {
  const results: Result[] = new Array<Result>(tasks.length);
  const failures: unknown[] = [];
  let next = 0;
  const serve = async (run: (task: Task) => Promise<Result>): Promise<void> => {
    try {
      while (next < tasks.length && failures.length === 0) {
        const index = next++;
        results[index] = await run(tasks[index]);
      }
    } catch (error) {
      failures.push(error);
      stop();
    }
  };
  await Promise.all(runners.map(serve));
  if (failures.length > 0) throw failures[0];
  return results;
}

function runTask<Task, Result>(
  worker: Worker,
  task: WorkerTask<Task>,
  transfer: readonly Transferable[],
  { onWarning, onProgress }: WorkerPoolOptions,
  stop: () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let thrown: unknown;
    const settle = (action: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (thrown === undefined) action();
      else reject(thrown as Error);
    };
    const onMessage = (message: WorkerMessage<Result>): void => {
      if (message.kind === 'done') settle(() => resolve(message.result));
      else if (message.kind === 'failed') settle(() => reject(unpackError(message.error)));
      else {
        try {
          if (message.kind === 'progress') onProgress?.(message.progress);
          else onWarning?.(message.warning);
        } catch (error) {
          // A handler that throws (a warning that is an error) fails the task, once it has cleaned up.
          thrown ??= error;
          stop();
        }
      }
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`worker ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task, transfer);
  });
}
