import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAiffFacts, readCafFacts } from '../../../src/io/decode/iff-facts.ts';
import { requireTool } from '../../support.ts';
import { encodeTones, toneFrames, toneRateHz } from './encode.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-facts-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const encoded = (channelCount: number, extension: string): Uint8Array =>
  readFileSync(encodeTones(dir, channelCount, extension));

const lossless = { sampleRateHz: toneRateHz, frameCount: toneFrames, bitDepth: 24, toleranceFrames: 0 };

test('COMM of an AIFF file by ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  expect(readAiffFacts(encoded(6, 'aiff'))).toEqual({ ...lossless, channelCount: 6 });
});

test('desc and data of a CAF file by ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  expect(readCafFacts(encoded(12, 'caf'))).toEqual({ ...lossless, channelCount: 12 });
});

test('desc and pakt of a compressed CAF file by ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  expect(readCafFacts(encoded(2, 'alac.caf'))).toMatchObject({ channelCount: 2, sampleRateHz: toneRateHz });
});

test('data that reaches to the end of the file', () => {
  const bytes = Buffer.alloc(8 + 12 + 32 + 12 + 4 + 30);
  bytes.write('caff', 0);
  bytes.write('desc', 8);
  bytes.writeBigInt64BE(32n, 12);
  bytes.writeDoubleBE(96000, 20);
  bytes.write('lpcm', 28);
  bytes.writeUInt32BE(6, 36);
  bytes.writeUInt32BE(2, 44);
  bytes.writeUInt32BE(24, 48);
  bytes.write('data', 52);
  bytes.writeBigInt64BE(-1n, 56);
  expect(readCafFacts(bytes)).toMatchObject({ channelCount: 2, sampleRateHz: 96000, frameCount: 5 });
});

test('nothing from nothing', () => {
  expect(readAiffFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
  expect(readCafFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
});
