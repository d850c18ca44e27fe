import { expect, test } from 'vitest';
import type { AudioBlock } from '../../src/base/audio-block.ts';
import { createBlockSource, type BlockChannelEnd } from '../../src/job/block-channel.ts';
import { createPassThrough, pump, type FrameSource } from '../../src/job/pump.ts';
import { shareRead } from '../../src/job/shared-read.ts';
import type { WorkerPool } from '../../src/job/worker-pool.ts';

const frameCount = 1000;

/** Sums up what it gets, and fails where the task says so. */
async function hear(task: string, source: FrameSource): Promise<string> {
  let sum = 0;
  const take = ({ channels, frameCount: frames }: AudioBlock): void => {
    if (task.includes('fails')) throw new Error(task);
    for (let n = 0; n < frames; n++) sum += channels[1]![n]!;
  };
  const lanes = [{ processor: createPassThrough(2), taps: [{ take }] }];
  await pump({ source, channelCount: 2, frameCount, lanes, blockFrames: 64 });
  return `${task} ${sum}`;
}

/** A pool whose workers are this thread. */
function poolHere(): WorkerPool & { isStopped: boolean } {
  const pool = {
    ...{ workerCount: 2, isStopped: false, signal: { aborted: false } },
    stop: () => void (pool.isStopped = true),
    close: async () => undefined,
    run: <Task, Result>(task: Task): Promise<Result> => {
      const { name, input } = task as { name: string; input: BlockChannelEnd };
      return hear(name, createBlockSource(input)).finally(() => input.port.close()) as Promise<Result>;
    },
  };
  return pool;
}

function share(tasks: readonly string[], pool: WorkerPool, results: string[] = []) {
  let reads = 0;
  const source: FrameSource = {
    async read({ channels, frameCount: frames }) {
      reads++;
      channels[0]!.fill(9, 0, frames);
      channels[1]!.fill(1, 0, frames);
      return frames;
    },
  };
  return shareRead({
    ...{ pool, source, channelCount: 2, blockFrames: 64, tasks },
    runHere: hear,
    jobTask: (name, input) => ({ name, input }),
    onResult: (result) => void results.push(result),
  }).then((all) => ({ all, reads }));
}

test('all tasks hear every frame of one read', async () => {
  const results: string[] = [];
  const { all, reads } = await share(['here', 'there', 'far'], poolHere(), results);
  expect(all).toEqual(['here 1000', 'there 1000', 'far 1000']);
  expect(results.sort()).toEqual([...all].sort());
  expect(reads).toBe(Math.ceil(frameCount / 64));
});

test.each([
  ['here fails', 'there'],
  ['here', 'there fails'],
])('a failure stops all: %s, %s', async (...tasks) => {
  const pool = poolHere();
  await expect(share(tasks, pool)).rejects.toThrow('fails');
  expect(pool.isStopped).toBe(true);
});
