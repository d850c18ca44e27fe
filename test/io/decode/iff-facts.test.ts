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

test('desc and pakt of a compressed CAF file by ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  expect(readCafFacts(encoded(2, 'alac.caf'))).toMatchObject({ channelCount: 2, sampleRateHz: toneRateHz });
});

test('nothing from nothing', () => {
  expect(readAiffFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
  expect(readCafFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
});
