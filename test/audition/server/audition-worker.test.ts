import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DeskThreadData } from '../../../src/audition/server/audio-desk.ts';
import { planAudition } from '../../../src/audition/server/audition-plan.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createReadCount } from '../../../src/audition/server/polite-rest.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { writeDeliverables } from './audition-support.ts';

/** The built worker: the sources cannot be loaded by a thread of Node.js. */
const module = new URL(
  'audition-worker.js',
  import.meta.resolve('periphon').replace(/index\.js$/, 'audition/server/'),
);

test('is built where desks look for it, and answers', async () => {
  expect(existsSync(fileURLToPath(module))).toBe(true);
  const folder = join(temporaryFolder(), 'delivery');
  writeDeliverables(folder);
  const plan = await planAudition({ input: folder }, await loadKernels());
  const worker = new Worker(module, {
    workerData: { plan, reads: createReadCount() } satisfies DeskThreadData,
  });
  const answer = async (task: object): Promise<unknown> => {
    worker.postMessage({ id: 7, task });
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  };
  expect(await answer({ kind: 'read', id: 'stereo', startFrame: 0, frameCount: 5 })).toMatchObject({
    id: 7,
    kind: 'done',
    result: expect.any(Float32Array),
  });
  expect(await answer({ kind: 'ambisonic', hrtfId: 'none', order: 1 })).toMatchObject({
    kind: 'failed',
    error: { code: 'unknown-hrtf' },
  });
  await worker.terminate();
});
