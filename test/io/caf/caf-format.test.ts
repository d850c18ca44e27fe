import { expect, test } from 'vitest';
import { formatCafFormat, parseCafFormat } from '../../../src/io/caf/caf-format.ts';
import { desc, type DescValues } from './caf-bytes.ts';

const parse = (values: DescValues) => parseCafFormat(desc(values), 'a.caf', 20);

test.each([
  [{ bits: 16 }, 'int16', 'big'],
  [{ bits: 24, flags: 2 }, 'int24', 'little'],
  [{ bits: 20 }, 'int24', 'big'],
  [{ bits: 32 }, 'int32', 'big'],
  [{ bits: 8 }, 'uint8', 'big'],
  [{ bits: 32, flags: 1 }, 'float32', 'big'],
  [{ bits: 64, flags: 3 }, 'float64', 'little'],
] as const)('%o is %s, %s endian', (values, sampleFormat, byteOrder) => {
  expect(parse(values)).toEqual({
    sampleFormat,
    byteOrder,
    bitDepth: values.bits,
    channelCount: 2,
    sampleRateHz: 48000,
  });
});

test('what is written reads the same', () => {
  const format = { sampleFormat: 'int24', byteOrder: 'big', channelCount: 30, sampleRateHz: 96000 } as const;
  expect(parseCafFormat(formatCafFormat(format), 'a.caf', 20)).toEqual({ ...format, bitDepth: 24 });
});

test.each([
  ['caf-desc', { rateHz: NaN }, 20, 'sample rate NaN'],
  ['caf-desc', { rateHz: 1e20 }, 20, 'sample rate'],
  ['caf-desc', { channels: 0 }, 44, '0 channels'],
  ['caf-desc', { packetFrames: 2 }, 40, '2 frames a packet'],
  ['caf-desc', { packetBytes: 8 }, 36, 'packets of 8 bytes for 2 channels of 24-bit integer'],
  ['caf-desc', { bits: 24, flags: 1 }, 36, '24-bit float'],
  ['caf-codec', { codec: 'alac' }, undefined, '"alac"'],
  ['caf-channels', { channels: 257 }, undefined, 'at most 256'],
] as const)('%s for %o', (code, values, byteOffset, text) => {
  expect(() => parse(values)).toThrow(expect.objectContaining({ code, file: 'a.caf' }));
  expect(() => parse(values)).toThrow(text);
  if (byteOffset !== undefined) expect(() => parse(values)).toThrow(expect.objectContaining({ byteOffset }));
});
