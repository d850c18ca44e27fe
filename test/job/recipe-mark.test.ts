import { expect, test } from 'vitest';
import { recipeMark } from '../../src/job/recipe-mark.ts';

test('bext and iXML name the recipe by its whole hash, and no date', () => {
  const recipeSha256 = '0123456789abcdef'.repeat(4);
  const form = { sampleRateHz: 48000, bitDepth: 24, channelCount: 2, startSample: 96_000 };
  const { bext, chunks } = recipeMark({ ...form, recipeSha256 });
  expect(bext).toMatchObject({ originationDate: '', originationTime: '', timeReferenceSamples: 96_000 });
  const { description, codingHistory } = bext;
  expect(description).toContain(recipeSha256);
  expect(description.length).toBeLessThanOrEqual(256);
  expect(codingHistory).toMatch(/^A=PCM,F=48000,W=24,M=stereo,T=periphon [^\r]*\r\n$/);
  const [ixml] = chunks;
  expect(ixml!.id).toBe('iXML');
  expect(new TextDecoder().decode(ixml!.bytes)).toContain(`recipe sha256 ${recipeSha256}</NOTE>`);
});
