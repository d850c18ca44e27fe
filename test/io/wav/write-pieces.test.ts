import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAtomicFile } from '../../../src/io/atomic-file.ts';
import { openInputFile } from '../../../src/io/input-file.ts';
import type { RiffPiece } from '../../../src/io/wav/rewrite-riff.ts';
import { hashBytes, verifyPieces, writePieces } from '../../../src/io/wav/write-pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-pieces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Several blocks, and a rest. */
const content = Buffer.from(Uint32Array.from({ length: 2_600_001 }, (_, index) => index * 2654435761).buffer);
const inFile = join(folder, 'in.bin');
writeFileSync(inFile, content);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pieces: RiffPiece[] = [
  { bytes: Buffer.from('head') },
  { byteOffset: 1000, sizeBytes: 10_000_001, isAudio: true },
  { bytes: Buffer.from('x') },
  { byteOffset: 3, sizeBytes: 50, isAudio: false },
];
const expected = Buffer.concat([
  Buffer.from('head'),
  content.subarray(1000, 10_001_001),
  Buffer.from('x'),
  content.subarray(3, 53),
]);
const audioHash = sha256(content.subarray(1000, 10_001_001));

test('pieces come out in their order, and the audio has its hash, written and read back', async () => {
  const input = await openInputFile(inFile);
  const target = await createAtomicFile(join(folder, 'out.bin'));
  let heardBytes = 0;
  expect(await writePieces(input, pieces, target, { onBytes: (count) => (heardBytes += count) })).toBe(
    audioHash,
  );
  expect(heardBytes).toBe(10_000_051);
  await target.finish();
  expect(readFileSync(target.file).equals(expected)).toBe(true);
  expect(await verifyPieces(target.file, pieces, input)).toBe(audioHash);
  expect(await hashBytes(input, 1000, 10_000_001)).toBe(audioHash);
  expect(await hashBytes(input, 1000, 0)).toBe(sha256(new Uint8Array(0)));
  await input.close();
});

test('a file that differs in one byte is found out, wherever it stands', async () => {
  const input = await openInputFile(inFile);
  const file = join(folder, 'bad.bin');
  for (const at of [0, 4, 10_000_004, 10_000_005, expected.length - 1]) {
    const bytes = Buffer.from(expected);
    bytes[at]! ^= 1;
    writeFileSync(file, bytes);
    expect(await verifyPieces(file, pieces, input), String(at)).not.toBe(audioHash);
  }
  writeFileSync(file, expected.subarray(1));
  expect(await verifyPieces(file, pieces, input)).toBeUndefined();
  await input.close();
});

test('stops when it is told to, and where the old file has become shorter', async () => {
  const shrinking = join(folder, 'shrinking.bin');
  writeFileSync(shrinking, content);
  const input = await openInputFile(shrinking);
  const controller = new AbortController();
  const first = await createAtomicFile(join(folder, 'never.bin'));
  const stopped = writePieces(input, pieces, first, {
    signal: controller.signal,
    onBytes: () => controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  await first.abort();
  truncateSync(shrinking, 5_000_000);
  const second = await createAtomicFile(join(folder, 'never.bin'));
  await expect(writePieces(input, pieces, second)).rejects.toMatchObject({ code: 'wav-truncated' });
  await second.abort();
  await input.close();
  expect(readdirSync(folder).filter((name) => name.includes('never'))).toEqual([]);
});
