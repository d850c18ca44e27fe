import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMp4Facts } from '../../../src/io/decode/mp4-facts.ts';
import { requireTool } from '../../support.ts';
import { encodeTones, toneFrames, toneRateHz } from './encode.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-facts-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const encoded = (channelCount: number, extension: string): Uint8Array =>
  readFileSync(encodeTones(dir, channelCount, extension));

test.for([
  ['m4a', 2, 2, 4096],
  // The sample entry of multichannel AAC says 2, as the QuickTime format asks.
  ['m4a', 6, 2, 4096],
  ['alac.m4a', 2, 2, 0],
] as const)('%s by ffmpeg, %i channels', ([extension, written, channelCount, toleranceFrames], context) => {
  requireTool(context, 'ffmpeg');
  const facts = readMp4Facts(encoded(written, extension));
  expect(facts).toMatchObject({ channelCount, sampleRateHz: toneRateHz, toleranceFrames });
  expect(Math.abs(facts.frameCount! - toneFrames)).toBeLessThanOrEqual(toleranceFrames);
});

test('nothing from nothing, and no endless walk through impossible boxes', () => {
  expect(readMp4Facts(new Uint8Array(64))).toEqual({ toleranceFrames: 0 });
  const box = Buffer.alloc(64);
  box.writeUInt32BE(4, 0);
  box.write('moov', 4);
  expect(readMp4Facts(box)).toEqual({ toleranceFrames: 0 });
});
