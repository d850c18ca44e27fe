import { describe, expect, test } from 'vitest';
import { formatWavFormat, isFloatFormat, parseWavFormat } from '../../../src/io/wav/wav-format.ts';
import type { SampleFormat } from '../../../src/kernels/interfaces/pcm.ts';
import { fmt, fmtExtensible } from './wav-bytes.ts';

const parse = (bytes: Uint8Array) => parseWavFormat(bytes, 'a.wav', 100);

test.each([
  ['uint8', 1, 8],
  ['int16', 1, 16],
  ['int24', 1, 24],
  ['int32', 1, 32],
  ['float32', 3, 32],
  ['float64', 3, 64],
] as const)('%s', (sampleFormat, tag, bits) => {
  expect(parse(fmt({ tag, bits, channelCount: 3 }))).toMatchObject({
    sampleFormat,
    bitDepth: bits,
    channelCount: 3,
  });
  expect(isFloatFormat(sampleFormat)).toBe(tag === 3);
});

test('20 bits lie left-justified in 3 bytes', () => {
  expect(parse(fmt({ bits: 20, frameBytes: 3 }))).toMatchObject({ sampleFormat: 'int24', bitDepth: 20 });
});

test('extensible: valid bits and mask', () => {
  const bytes = fmtExtensible({ channelCount: 2, bits: 32, validBits: 20, mask: 3 });
  expect(parse(bytes)).toMatchObject({ sampleFormat: 'int32', bitDepth: 20, channelMask: 3 });
});

test.each([
  [fmt({}).subarray(0, 14), 100],
  [fmt({ channelCount: 0 }), 102],
  [fmt({ sampleRateHz: 0 }), 104],
  [fmt({ bits: 0, frameBytes: 2 }), 112],
  [fmt({ bits: 64, frameBytes: 8 }), 112],
  [fmt({ tag: 3, bits: 16 }), 112],
  [fmt({ tag: 0xfffe }), 116],
])('impossible values name their byte', (bytes, byteOffset) => {
  expect(() => parse(bytes)).toThrow(expect.objectContaining({ code: 'wav-fmt', byteOffset, chunk: 'fmt ' }));
});

test('unknown sub-formats are unsupported', () => {
  const guid = '01000000000010008000000000000000';
  expect(() => parse(fmtExtensible({ channelCount: 2, bits: 16, guid }))).toThrow(/sub-format/);
  expect(() => parse(fmt({ tag: 2 }))).toThrow(/0x0002/);
});

describe('written chunks', () => {
  const formats: SampleFormat[] = ['uint8', 'int16', 'int24', 'int32', 'float32', 'float64'];
  test.each(formats)('%s is read again', (sampleFormat) => {
    for (const extensible of [true, false, undefined]) {
      const format = { sampleFormat, channelCount: 5, sampleRateHz: 44100, channelMask: 0x37 };
      const channelMask = extensible === false ? 0 : 0x37;
      expect(parse(formatWavFormat({ ...format, extensible }))).toMatchObject({ ...format, channelMask });
    }
  });

  test('are 16 bytes for integers, 18 for floats, 40 where extensible', () => {
    const format = { channelCount: 2, sampleRateHz: 48000, channelMask: 0 };
    expect(formatWavFormat({ ...format, channelMask: 3, sampleFormat: 'float32' })).toHaveLength(40);
    expect(formatWavFormat({ ...format, sampleFormat: 'int16' })).toHaveLength(16);
    expect(formatWavFormat({ ...format, sampleFormat: 'float32' })).toHaveLength(18);
    expect(formatWavFormat({ ...format, sampleFormat: 'int24' })).toHaveLength(40);
  });

  test('are byte for byte those of an independent builder', () => {
    const format = {
      sampleFormat: 'int24',
      channelCount: 12,
      sampleRateHz: 48000,
      channelMask: 0x2d63f,
    } as const;
    const expected = fmtExtensible({ channelCount: 12, bits: 24, mask: 0x2d63f });
    expect(Buffer.from(formatWavFormat(format)).equals(expected)).toBe(true);
  });
});
