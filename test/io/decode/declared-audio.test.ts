import { expect, test } from 'vitest';
import { fourCc, maskByChannelCount, viewOf } from '../../../src/io/decode/declared-audio.ts';

test('each mask has as many bits as channels', () => {
  const bitCount = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
  expect(maskByChannelCount.map(bitCount)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('views and four-character codes respect the window of the array', () => {
  const bytes = Buffer.from('..moov').subarray(2);
  expect(fourCc(bytes, 0)).toBe('moov');
  expect(viewOf(bytes).getUint32(0)).toBe(0x6d6f6f76);
  expect(viewOf(bytes).byteLength).toBe(4);
});
