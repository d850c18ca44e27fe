import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { answerCalls, createThread } from '../../../src/audition/server/thread-calls.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

/** A thread that speaks the protocol by hand. */
const script = `
import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', ({ id, task }) => {
  if (task === 'die') throw new Error('dead');
  if (task === 'fail') {
    const error = { name: 'ConfigError', code: 'bad', message: 'bad task', hint: 'mend it' };
    return parentPort.postMessage({ id, kind: 'failed', error });
  }
  parentPort.postMessage({ id, kind: 'progress', fraction: 0.5 });
  setTimeout(() => parentPort.postMessage({ id, kind: 'done', result: [workerData, task] }), task);
});
`;
const module = join(temporaryFolder(), 'thread.mjs');
writeFileSync(module, script);

function thread() {
  const made = createThread<number | string>(pathToFileURL(module), 'data');
  onTestFinished(() => made.close());
  return made;
}

test('calls overlap, and each gets its own answer', async () => {
  const { call } = thread();
  const progress: number[] = [];
  const slow = call(30, (fraction) => progress.push(fraction));
  expect(await call(0)).toEqual(['data', 0]);
  expect(await slow).toEqual(['data', 30]);
  expect(progress).toEqual([0.5]);
});

test('errors come as what they were', async () => {
  const error: unknown = await thread()
    .call('fail')
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ code: 'bad', message: 'bad task', hint: 'mend it' });
});

test('a thread that dies fails what was called, and is started again', async () => {
  const { call } = thread();
  const waiting = call(10_000);
  await expect(call('die')).rejects.toMatchObject({ code: 'thread-ended' });
  await expect(waiting).rejects.toMatchObject({ code: 'thread-ended' });
  expect(await call(1)).toEqual(['data', 1]);
});

test('what is closed answers no more', async () => {
  const { call, close } = thread();
  const waiting = call(10_000);
  const failed = expect(waiting).rejects.toMatchObject({ code: 'thread-ended' });
  await close();
  await failed;
  await expect(call(1)).rejects.toMatchObject({ code: 'thread-ended' });
});

test('the answering side sends progress, results with what is handed over, and errors', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  answerCalls<string>(port2, async (task, onProgress) => {
    if (task === 'fail') throw new ConfigError('bad', 'bad task');
    onProgress(0.25);
    const result = Float32Array.of(1, 2);
    return { result, transfer: [result.buffer] };
  });
  const replies: unknown[] = [];
  port1.on('message', (reply) => replies.push(reply));
  port1.postMessage({ id: 1, task: 'work' });
  port1.postMessage({ id: 2, task: 'fail' });
  await expect.poll(() => replies.length).toBe(3);
  expect(replies).toContainEqual({ id: 1, kind: 'progress', fraction: 0.25 });
  expect(replies).toContainEqual({ id: 1, kind: 'done', result: Float32Array.of(1, 2) });
  expect(replies).toMatchObject([{}, {}, {}]);
  expect(replies.find((reply) => (reply as { id: number }).id === 2)).toMatchObject({
    kind: 'failed',
    error: { name: 'ConfigError', code: 'bad' },
  });
});
