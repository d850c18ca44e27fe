import { expect, test } from 'vitest';
import { writeChunks, type TrailingChunk } from '../../../src/io/wav/write-chunks.ts';

/** What is written behind `start`. */
async function written(chunks: readonly TrailingChunk[], start = 10) {
  const bytes = Buffer.alloc(64, '.');
  const target = {
    file: 'x.wav',
    write: async (piece: Uint8Array, position: number) => void bytes.set(piece, position),
  };
  const end = await writeChunks(target, start, chunks);
  return { end, text: bytes.toString('latin1', start, end) };
}

test('chunks at hand and chunks in pieces look alike, padded to an even length', async () => {
  const [one, two] = [Buffer.from('abc'), Buffer.from('de')];
  const streamed = await written([
    { id: 'axml', pieces: () => [one, two] },
    { id: 'chna', bytes: two },
  ]);
  expect(streamed).toEqual({ end: 10 + 14 + 10, text: 'axml\x05\0\0\0abcde\0chna\x02\0\0\0de' });
  const atHand = await written([
    { id: 'axml', bytes: Buffer.concat([one, two]) },
    { id: 'chna', bytes: two },
  ]);
  expect(streamed).toEqual(atHand);
});

test('pieces are asked for while they are written, one ahead', async () => {
  const open: number[] = [];
  let pending = 0;
  const target = {
    file: 'x.wav',
    write: async () => {
      pending++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      pending--;
    },
  };
  function* pieces() {
    for (let count = 0; count < 5; count++) {
      open.push(pending);
      yield Buffer.alloc(4);
    }
  }
  await writeChunks(target, 0, [{ id: 'axml', pieces }]);
  expect(Math.max(...open)).toBe(1);
});

test('a chunk of 4 GiB is refused by name', async () => {
  const piece = new Uint8Array(2 ** 30);
  const target = { file: 'x.wav', write: async () => undefined };
  const huge = writeChunks(target, 0, [{ id: 'axml', pieces: () => [piece, piece, piece, piece] }]);
  await expect(huge).rejects.toMatchObject({
    code: 'wav-chunk-too-big',
    message: 'x.wav: chunk "axml" has more than 4294967294 bytes',
  });
});
