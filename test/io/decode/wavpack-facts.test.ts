import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWavPackFacts } from '../../../src/io/decode/wavpack-facts.ts';
import { requireTool } from '../../support.ts';
import { encodeTones, toneFrames, toneRateHz } from './encode.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-facts-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const encoded = (channelCount: number, extension: string): Uint8Array =>
  readFileSync(encodeTones(dir, channelCount, extension));

test.for([1, 2, 6, 12])('a file by ffmpeg, %i channels', (channelCount, context) => {
  requireTool(context, 'ffmpeg');
  expect(readWavPackFacts(encoded(channelCount, 'wv'))).toMatchObject({
    channelCount,
    sampleRateHz: toneRateHz,
    frameCount: toneFrames,
    toleranceFrames: 0,
  });
});

test('nothing from nothing', () => {
  expect(readWavPackFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
});
