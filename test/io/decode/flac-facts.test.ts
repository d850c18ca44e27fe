import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFlacFacts, rescaleFlac } from '../../../src/io/decode/flac-facts.ts';
import { requireTool } from '../../support.ts';
import { encodeTones, toneFrames, toneRateHz } from './encode.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-facts-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const encoded = (channelCount: number, extension: string): Uint8Array =>
  readFileSync(encodeTones(dir, channelCount, extension));

test('STREAMINFO of a file by ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  expect(readFlacFacts(encoded(6, 'flac'))).toEqual({
    channelCount: 6,
    sampleRateHz: toneRateHz,
    frameCount: toneFrames,
    bitDepth: 24,
    toleranceFrames: 0,
    channelMask: 0x3f,
  });
});

/** RFC 9639, clause 8.2: 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 36 bits samples. */
function streamInfo(rateHz: number, channelCount: number, bits: number, frameCount: bigint): Buffer {
  const bytes = Buffer.alloc(42);
  bytes.write('fLaC');
  const packed =
    (BigInt(rateHz) << 44n) | (BigInt(channelCount - 1) << 41n) | (BigInt(bits - 1) << 36n) | frameCount;
  bytes.writeBigUInt64BE(packed, 18);
  return bytes;
}

test('STREAMINFO by hand: more than 2^32 samples, or an unknown number', () => {
  expect(readFlacFacts(streamInfo(96000, 8, 16, 0xf_0000_0001n))).toMatchObject({
    sampleRateHz: 96000,
    channelCount: 8,
    bitDepth: 16,
    frameCount: 0xf_0000_0001,
    channelMask: 0x63f,
  });
  expect(readFlacFacts(streamInfo(44100, 1, 24, 0n)).frameCount).toBeUndefined();
  expect(readFlacFacts(new Uint8Array(10))).toEqual({ toleranceFrames: 0 });
});

test('a mask in the comments counts', () => {
  const comment = Buffer.from('WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x60F');
  expect(readFlacFacts(Buffer.concat([streamInfo(48000, 6, 24, 9n), comment])).channelMask).toBe(0x60f);
});

test.each([8, 16, 24])('integers of %i bits are recovered exactly from the scale of the decoder', (bits) => {
  const fullScale = 2 ** (bits - 1);
  const integers = [-fullScale, 1 - fullScale, -1, 0, 1, 77, fullScale - 1];
  const channel = Float32Array.from(integers, (value) => value / (fullScale - 1));
  rescaleFlac([channel], bits);
  expect([...channel].map((value) => value * fullScale)).toEqual(integers);
});
