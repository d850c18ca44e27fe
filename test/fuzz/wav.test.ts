import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { PeriphonError } from '../../src/base/errors.ts';
import { openWavFile } from '../../src/io/wav/wav-reader.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { chunk, ds64, fmt, fmtExtensible, riff } from '../io/wav/wav-bytes.ts';

const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-fuzz-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const audio = Buffer.alloc(960, 0x11);
const seeds: readonly Buffer[] = [
  riff([chunk('fmt ', fmt({ channelCount: 2 })), chunk('data', audio)]),
  riff([
    chunk('JUNK', Buffer.alloc(28)),
    chunk('bext', Buffer.alloc(602)),
    chunk('fmt ', fmtExtensible({ channelCount: 6, bits: 24, mask: 0x3f })),
    chunk('data', audio),
    chunk('axml', Buffer.from('<ebuCoreMain/>')),
  ]),
  riff(
    [
      chunk('ds64', ds64(1100, 960, 240)),
      chunk('fmt ', fmt({ tag: 3, bits: 32 })),
      chunk('data', audio, { size: 0xffffffff }),
    ],
    'RF64',
    0xffffffff,
  ),
];

/** Bytes that decide most: counts and sizes at their limits. */
const telling = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255));
const mutation = fc.record({
  seed: fc.nat(seeds.length - 1),
  edits: fc.array(fc.record({ at: fc.nat(1200), value: telling }), { maxLength: 12 }),
  cutTo: fc.option(fc.nat(1200)),
});

test('a damaged file is read or refused with a message, never anything else', async () => {
  const file = join(dir, 'mutant.wav');
  const property = fc.asyncProperty(mutation, async ({ seed, edits, cutTo }) => {
    const bytes = Buffer.from(seeds[seed]!);
    for (const { at, value } of edits) bytes[at % Math.min(bytes.length, 120)] = value;
    writeFileSync(file, cutTo === null ? bytes : bytes.subarray(0, cutTo));
    try {
      const reader = await openWavFile(file, { kernels });
      try {
        expect(reader.frameCount).toBeLessThanOrEqual(bytes.length);
        const block = createAudioBlock(reader.channelCount, 100);
        let frames = 0;
        for (let given = await reader.read(block); given > 0; given = await reader.read(block))
          frames += given;
        expect(frames).toBe(reader.frameCount);
      } finally {
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      expect(error.code).not.toBe('channel-count');
      expect(error.message).toContain(file);
    }
  });
  await fc.assert(property, { seed: 20260101, numRuns: 200 });
});
