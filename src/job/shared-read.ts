import { AbortedError } from '../base/errors.ts';
import { createBlockSender, type BlockChannelEnd } from './block-channel.ts';
import { defaultBlockFrames, type FrameSource } from './pump.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What hears one read of a source. */
export interface SharedReadOptions<Task, Result> {
  readonly pool: WorkerPool;
  readonly source: FrameSource;
  readonly channelCount: number;
  readonly blockFrames: number | undefined;
  /** The first for this thread, each of the others for a worker. */
  readonly tasks: readonly Task[];
  runHere(task: Task, source: FrameSource): Promise<Result>;
  /** Makes what a worker understands of a task; its blocks come through the channel. */
  jobTask(task: Task, input: BlockChannelEnd): unknown;
  /** Hears of each result, also where another task fails. */
  onResult?(result: Result): void;
}

/**
 * Runs tasks over one read of a source, which this thread reads; the workers get a copy of every block.
 * @returns the results in the order of the tasks
 */
export async function shareRead<Task, Result>(options: SharedReadOptions<Task, Result>): Promise<Result[]> {
  const { pool, source, channelCount, blockFrames = defaultBlockFrames, tasks } = options;
  const [own, ...others] = tasks;
  const senders = others.map(() => createBlockSender(channelCount, blockFrames));
  const shared: FrameSource = {
    async read(block) {
      const frameCount = await source.read(block);
      for (const sender of senders) await sender.send({ channels: block.channels, frameCount });
      return frameCount;
    },
  };
  const keep = (result: Result): Result => {
    options.onResult?.(result);
    return result;
  };
  const closeAll = (error: Error): void => senders.forEach((sender) => sender.close(error));
  const results = await settleAll(
    [
      options.runHere(own!, shared).then(keep),
      ...others.map((task, index) => {
        const input = senders[index]!.receiverEnd;
        return pool.run<unknown, Result>(options.jobTask(task, input), [input.port]).then(keep);
      }),
    ],
    (error) => {
      pool.stop();
      closeAll(error);
    },
  );
  closeAll(new AbortedError());
  return results;
}

/** Waits until all have ended; tells of the first failure at once, and throws it at the end. */
async function settleAll<T>(
  promises: readonly Promise<T>[],
  onFailure: (error: Error) => void,
): Promise<T[]> {
  let failure: Error | undefined;
  const watched = promises.map((promise) =>
    promise.catch((error: Error) => {
      if (!failure) onFailure((failure = error));
      throw error;
    }),
  );
  await Promise.allSettled(watched);
  if (failure) throw failure;
  return Promise.all(watched);
}
