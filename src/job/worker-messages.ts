import * as errors from '../base/errors.ts';
import type { Warning } from '../base/errors.ts';
import type { Progress } from './progress.ts';
import type { StopSignal } from './pump.ts';

/** An error as plain data, so that it can cross threads and become an error of its class again. */
export interface PortableError {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
  readonly stack: string | undefined;
  readonly file: string | undefined;
  readonly path: string | undefined;
  readonly hint: string | undefined;
}

/** What a worker sends. */
export type WorkerMessage<Result> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'warning'; readonly warning: Warning }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: PortableError };

/** What a worker receives: a task, and the flag that stops it (1 in its first element). */
export interface WorkerTask<Task> {
  readonly task: Task;
  readonly stopFlag: Int32Array;
}

const errorClasses = new Map<
  string,
  new (code: string, message: string, options: errors.PeriphonErrorOptions) => errors.PeriphonError
>(
  [
    errors.PeriphonError,
    errors.FormatError,
    errors.SceneError,
    errors.LayoutError,
    errors.HrtfError,
    errors.ConfigError,
    errors.UnsupportedError,
    errors.OutputError,
    errors.InternalError,
  ].map((errorClass) => [errorClass.name, errorClass]),
);

/** Makes plain data of an error. */
export function packError(error: unknown): PortableError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const { code, file, path, hint } = error as Partial<errors.PeriphonError>;
  return { name, code, message, stack, file, path, hint };
}

/** Makes an error of its own class again. */
export function unpackError(data: PortableError): Error {
  if (data.name === 'AbortedError') return new errors.AbortedError(data.message);
  const errorClass = errorClasses.get(data.name);
  const error =
    errorClass && data.code !== undefined
      ? new errorClass(data.code, data.message, data)
      : new Error(data.message);
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}

/** A stop signal over a flag shared between threads. */
export const sharedStopSignal = (stopFlag: Int32Array): StopSignal => ({
  get aborted() {
    return Atomics.load(stopFlag, 0) !== 0;
  },
});
