import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oggCodec, readOggFacts } from '../../../src/io/decode/ogg-facts.ts';
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
  ['ogg', 'vorbis', 2, 0x3],
  ['ogg', 'vorbis', 6, 0x3f],
  ['opus', 'opus', 8, 0x63f],
  ['flac.ogg', 'flac', 2, 0x3],
] as const)('%s by ffmpeg: %s, %i channels', ([extension, codec, channelCount, channelMask], context) => {
  requireTool(context, 'ffmpeg');
  const bytes = encoded(channelCount, extension);
  expect(oggCodec(bytes)).toBe(codec);
  expect(readOggFacts(bytes)).toMatchObject({
    channelCount,
    channelMask,
    sampleRateHz: toneRateHz,
    frameCount: toneFrames,
    toleranceFrames: 0,
  });
});

test('other streams are not known', () => {
  expect(oggCodec(Buffer.concat([Buffer.from('OggS'), Buffer.alloc(60)]))).toBeUndefined();
  expect(readOggFacts(new Uint8Array(0))).toEqual({ toleranceFrames: 0 });
});
