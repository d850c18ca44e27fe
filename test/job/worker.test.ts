import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { WorkerMessage } from '../../src/job/worker-messages.ts';

/** The built worker: the sources cannot be loaded by a thread of Node.js. */
const module = new URL('worker.js', import.meta.resolve('periphon').replace(/index\.js$/, 'job/'));

test('is built where jobs look for it', () => {
  expect(existsSync(fileURLToPath(module))).toBe(true);
});

test('answers a task that fails with the error, and lives on', async () => {
  const worker = new Worker(module);
  const answer = async (): Promise<WorkerMessage<unknown>> =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  const scratch = { path: '/nonexistent/x.scratch', channelCount: 2, frameCount: 10, chunkFrames: 512 };
  const master = {
    settings: { loudnessRule: 'none', ceilingDbtp: -1, bitDepth: 24, dither: 'tpdf' },
    programmes: [
      {
        scratch,
        sampleRateHz: 48000,
        unlimited: { blockPowers: new Float64Array(0), truePeakDbtp: -3 },
        outFile: '/nonexistent/x.wav',
      },
    ],
  };
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  for (let round = 0; round < 2; round++) {
    const answered = answer();
    worker.postMessage({ task: { kind: 'master', master }, stopFlag });
    const message = await answered;
    expect(message).toMatchObject({
      kind: 'failed',
      error: { name: 'FormatError', code: 'scratch-missing' },
    });
  }
  await worker.terminate();
});
