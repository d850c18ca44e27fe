import { expect, test } from 'vitest';
import { openWorkerPool, runTasks } from '../../src/job/worker-pool.ts';

/** A worker that answers as `src/job/worker.ts` does: doubles numbers, fails on words, waits on null for the flag. */
const module = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const send = (message) => parentPort.postMessage(message);
    const fail = (name, code, message) => send({ kind: 'failed', error: { name, code, message } });
    parentPort.on('message', ({ task, stopFlag }) => {
      if (task === 'exit') process.exit(3);
      if (task === 'throw') throw new Error('thrown');
      if (task === 'warn') send({ kind: 'warning', warning: { code: 'w', message: 'odd' } });
      if (typeof task === 'number') return send({ kind: 'done', result: 2 * task });
      if (typeof task === 'string' && task !== 'warn') return fail('FormatError', 'bad', task);
      const poll = () => (Atomics.load(stopFlag, 0) ? fail('AbortedError', 'aborted', 'stopped') : setTimeout(poll, 5));
      poll();
    });`)}`,
);

test('more tasks than workers: each gets its own result', async () => {
  const pool = openWorkerPool({ module, workerCount: 2 });
  expect(await Promise.all([1, 2, 3, 4, 5].map((task) => pool.run(task)))).toEqual([2, 4, 6, 8, 10]);
  expect(pool.signal.aborted).toBe(false);
  await pool.close();
});

test('a failure keeps its class, and stops all others', async () => {
  const pool = openWorkerPool({ module, workerCount: 2 });
  const waiting = pool.run(null);
  await expect(pool.run('broken')).rejects.toMatchObject({ name: 'FormatError', message: 'broken' });
  expect(pool.signal.aborted).toBe(true);
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await pool.close();
});

test('an abort signal reaches the workers', async () => {
  const controller = new AbortController();
  const pool = openWorkerPool({ module, workerCount: 1, signal: controller.signal });
  const waiting = pool.run(null);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await pool.close();
});

test('a warning handler that throws fails the task once it has cleaned up', async () => {
  const onWarning = (): void => {
    throw new Error('strict');
  };
  const pool = openWorkerPool({ module, workerCount: 1, onWarning });
  await expect(pool.run('warn')).rejects.toThrow('strict');
  await pool.close();
});

test.each(['exit', 'throw'])('a worker that dies (%s) is an error, not a wait', async (task) => {
  const pool = openWorkerPool({ module, workerCount: 1 });
  await expect(pool.run(task)).rejects.toThrow(/code 3|thrown/);
  await pool.close();
});

test('runners take the next task when they are done; results stay in order', async () => {
  const after = (ms: number) => (task: number) =>
    new Promise<number>((resolve) => setTimeout(() => resolve(task * 10), ms));
  expect(await runTasks([1, 2, 3, 4], [after(20), after(1)], () => {})).toEqual([10, 20, 30, 40]);
});

test('after a failure no task is started, and the running ones are waited for', async () => {
  const started: number[] = [];
  let ended = 0;
  let stops = 0;
  const slow = async (task: number): Promise<number> => {
    started.push(task);
    await new Promise((resolve) => setTimeout(resolve, 20));
    ended++;
    return task;
  };
  const failing = async (task: number): Promise<number> => {
    started.push(task);
    throw new Error('no');
  };
  await expect(runTasks([1, 2, 3, 4], [slow, failing], () => stops++)).rejects.toThrow('no');
  expect({ started, ended, stops }).toEqual({ started: [1, 2], ended: 1, stops: 1 });
});
