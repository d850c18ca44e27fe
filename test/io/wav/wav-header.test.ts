import { describe, expect, test } from 'vitest';
import { concatChunks, maxRiffFileBytes, wavHeader } from '../../../src/io/wav/wav-header.ts';
import { chunk, ds64, fmt, riff } from './wav-bytes.ts';

const format = { sampleFormat: 'int16', channelCount: 1, sampleRateHz: 48000, channelMask: 0 } as const;

test('chunks are padded to even lengths', () => {
  const bytes = concatChunks([
    { id: 'odd ', bytes: Buffer.from('abc') },
    { id: 'even', bytes: Buffer.from('ab') },
  ]);
  const expected = Buffer.concat([chunk('odd ', Buffer.from('abc')), chunk('even', Buffer.from('ab'))]);
  expect(Buffer.from(bytes).equals(expected)).toBe(true);
});

describe('header', () => {
  test('is that of an independent builder', () => {
    const header = wavHeader({ form: 'RIFF', format, frameCount: 3, trailerBytes: 10 });
    const expected = riff(
      [
        chunk('JUNK', Buffer.alloc(28)),
        chunk('fmt ', fmt({})),
        chunk('data', new Uint8Array(0), { size: 6 }),
      ],
      'RIFF',
      header.length - 8 + 6 + 10,
    );
    expect(Buffer.from(header).equals(expected)).toBe(true);
  });

  test('above 4 GiB holds its sizes in ds64, at the place of JUNK', () => {
    const frameCount = 2 ** 33 + 1;
    const header = wavHeader({ form: 'RF64', format, frameCount, trailerBytes: 0 });
    const dataBytes = 2 * frameCount;
    const sizes = ds64(header.length - 8 + dataBytes, dataBytes, frameCount);
    const unknown = 0xffffffff;
    const expected = riff(
      [chunk('ds64', sizes), chunk('fmt ', fmt({})), chunk('data', new Uint8Array(0), { size: unknown })],
      'RF64',
      unknown,
    );
    expect(Buffer.from(header).equals(expected)).toBe(true);
  });

  test('has the same length whatever it says', () => {
    const floats = { ...format, sampleFormat: 'float32' } as const;
    const bext = new Uint8Array(700);
    const lengths = (['RIFF', 'RF64', 'BW64'] as const).map(
      (form) =>
        wavHeader({ form, format: floats, bext, frameCount: form === 'RIFF' ? 0 : 2 ** 40, trailerBytes: 0 })
          .length,
    );
    expect(new Set(lengths).size).toBe(1);
  });

  test('the largest RIFF file has an outer size of 0xFFFFFFFE', () => {
    expect(maxRiffFileBytes - 8).toBe(0xfffffffe);
  });
});
