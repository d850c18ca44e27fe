import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id3Bytes, readAdtsFacts, readMp3Facts } from '../../../src/io/decode/mpeg-facts.ts';
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
  ['mp3', 1],
  ['mp3', 2],
  ['plain.mp3', 2],
] as const)(
  '%s by ffmpeg, %i channels: Info header, or frames counted',
  ([extension, channelCount], context) => {
    requireTool(context, 'ffmpeg');
    const facts = readMp3Facts(encoded(channelCount, extension));
    expect(facts).toMatchObject({ channelCount, sampleRateHz: toneRateHz });
    expect(facts.frameCount! % 1152).toBe(0);
    expect(facts.frameCount! - toneFrames).toBeGreaterThanOrEqual(0);
    expect(facts.frameCount! - toneFrames).toBeLessThan(facts.toleranceFrames);
  },
);

test.for([1, 2, 6, 8])('aac by ffmpeg, %i channels: frames counted', (channelCount, context) => {
  requireTool(context, 'ffmpeg');
  const facts = readAdtsFacts(encoded(channelCount, 'aac'));
  expect(facts).toMatchObject({ channelCount, sampleRateHz: toneRateHz });
  expect(Math.abs(facts.frameCount! - toneFrames)).toBeLessThan(facts.toleranceFrames);
});

test('the length of an ID3 tag has 7 bits a byte', () => {
  const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 1]);
  expect(id3Bytes(tag)).toBe(10 + 257);
  tag[5] = 0x10;
  expect(id3Bytes(tag)).toBe(20 + 257);
  expect(id3Bytes(Buffer.from('no tag at all'))).toBe(0);
});

test('nothing from nothing', () => {
  expect(readMp3Facts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
  expect(readAdtsFacts(new Uint8Array(20))).toEqual({ toleranceFrames: 0 });
});
