import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Progress } from '../../src/job/progress.ts';
import { showMetadata } from '../../src/job/metadata-show.ts';
import { chunksIn } from '../io/wav/wav-bytes.ts';
import { writeMaster } from './metadata-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

test('files in their order; the hash of the audio only where it is asked for', async () => {
  const files = [await writeMaster(folder, 'b'), await writeMaster(folder, 'a', { to: 'adm-itu' })];
  const plain = await showMetadata(files);
  expect(plain.files.map(({ file, audioSha256 }) => [file, audioSha256])).toEqual(
    files.map((file) => [file, undefined]),
  );
  const heard: Progress[] = [];
  const hashed = await showMetadata(files, {
    hash: true,
    onProgress: (progress) => void heard.push(progress),
  });
  for (const { file, audioSha256 } of hashed.files) {
    const data = chunksIn(readFileSync(file)).find(({ id }) => id === 'data')!.payload;
    expect(audioSha256).toBe(createHash('sha256').update(data).digest('hex'));
  }
  expect(heard.at(-1)).toMatchObject({ phase: 'hash', fraction: 1 });
});

test('stops when it is told to', async () => {
  const signal = AbortSignal.abort();
  await expect(showMetadata(['a.wav'], { signal })).rejects.toMatchObject({ code: 'aborted' });
});
