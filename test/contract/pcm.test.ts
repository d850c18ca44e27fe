import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { bytesPerSample, type SampleFormat } from '../../src/kernels/interfaces/pcm.ts';
import { channelCounts, emptyRows, largestDifference, rows, sets } from './contract-support.ts';

/** The package has no types. */
const wavEncoder = createRequire(import.meta.url)('wav-encoder') as {
  encode(
    audio: { sampleRate: number; channelData: Float32Array[] },
    options: { bitDepth: number },
  ): Promise<ArrayBuffer>;
};

describe.each(sets)('%s PCM', (kind, kernels) => {
  test('is the set that its name says', () => expect(kernels.kind).toBe(kind));

  const scales = { uint8: 128, int16: 32768, int24: 8388608, int32: 2147483648 } as const;
  const readSample = (format: SampleFormat, bytes: Buffer, at: number): number => {
    if (format === 'uint8') return (bytes.readUInt8(at) - 128) / 128;
    if (format === 'float32') return bytes.readFloatLE(at);
    if (format === 'float64') return bytes.readDoubleLE(at);
    return bytes.readIntLE(at, bytesPerSample[format]) / scales[format];
  };
  const formats = Object.keys(bytesPerSample) as SampleFormat[];

  test.each(formats)('%s of the other byte order has the same bytes, each sample turned around', (format) => {
    const size = bytesPerSample[format];
    for (const channelCount of channelCounts) {
      const frameCount = 37;
      const inputs = rows(channelCount, frameCount, channelCount, 1.2);
      const little = Buffer.alloc(frameCount * channelCount * size);
      const big = Buffer.alloc(little.length + 1, 0xa5);
      kernels.encodePcm(format, inputs, frameCount, little);
      kernels.encodePcm(format, inputs, frameCount, big.subarray(0, little.length), 'big');
      expect(big[little.length]).toBe(0xa5);
      const turned = Buffer.from(little);
      for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
      expect(big.subarray(0, little.length).equals(turned)).toBe(true);
      const outputs = emptyRows(channelCount, frameCount);
      const fromLittle = emptyRows(channelCount, frameCount);
      kernels.decodePcm(format, big, frameCount, outputs, 'big');
      kernels.decodePcm(format, little, frameCount, fromLittle);
      expect(outputs).toEqual(fromLittle);
    }
  });

  test.each(formats)(
    'decodes and encodes %s as Buffer reads it, for all channel counts and lengths',
    (format) => {
      for (const channelCount of channelCounts) {
        for (const frameCount of [0, 1, 3, 4, 37, 1030]) {
          const inputs = rows(channelCount, frameCount, channelCount, 1.2);
          const size = bytesPerSample[format];
          const bytes = Buffer.alloc(frameCount * channelCount * size + 5, 0xa5);
          const target = new Uint8Array(bytes.buffer, bytes.byteOffset + 1, frameCount * channelCount * size);
          kernels.encodePcm(format, inputs, frameCount, target);
          expect([bytes[0], ...bytes.subarray(-4)]).toEqual([0xa5, 0xa5, 0xa5, 0xa5, 0xa5]);
          const outputs = emptyRows(channelCount, frameCount + 2);
          for (const output of outputs) output.fill(7);
          kernels.decodePcm(format, target, frameCount, outputs);
          for (let channel = 0; channel < channelCount; channel++) {
            expect([...outputs[channel]!.subarray(frameCount)]).toEqual([7, 7]);
            for (let frame = 0; frame < frameCount; frame++) {
              const sample = readSample(format, bytes, 1 + (frame * channelCount + channel) * size);
              if (outputs[channel]![frame] !== Math.fround(sample))
                expect(outputs[channel]![frame]).toBe(sample);
              const wanted = clipped(format, inputs[channel]![frame]!);
              if (sample !== wanted) expect(sample).toBe(wanted);
            }
          }
        }
      }
    },
  );

  /** The nearest value of the format, halves to the even step. */
  function clipped(format: SampleFormat, sample: number): number {
    if (format === 'float32' || format === 'float64') return sample;
    const scale = scales[format];
    const scaled = sample * scale;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    const nearest = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
    return Math.max(-scale, Math.min(scale - 1, nearest)) / scale;
  }

  test('clips, takes NaN as silence and rounds halves to even', () => {
    const input = Float32Array.of(
      1,
      -1,
      2,
      -2,
      Infinity,
      -Infinity,
      NaN,
      0.5 / 32768,
      1.5 / 32768,
      -2.5 / 32768,
    );
    const bytes = Buffer.alloc(20);
    kernels.encodePcm('int16', [input], 10, bytes);
    const values = Array.from({ length: 10 }, (_, i) => bytes.readInt16LE(2 * i));
    expect(values).toEqual([32767, -32768, 32767, -32768, 32767, -32768, 0, 0, 2, -2]);
    const wide = Buffer.alloc(40);
    kernels.encodePcm('int32', [input], 10, wide);
    expect(wide.readInt32LE(0)).toBe(2147483647);
    expect(wide.readInt32LE(4)).toBe(-2147483648);
    expect(wide.readInt32LE(24)).toBe(0);
  });

  test('every 16-bit and 24-bit code survives decoding and encoding', () => {
    for (const [format, step] of [
      ['int16', 1],
      ['int24', 97],
    ] as const) {
      const size = bytesPerSample[format];
      const count = Math.floor(2 ** (8 * size) / step);
      const bytes = Buffer.alloc(count * size);
      for (let i = 0; i < count; i++) bytes.writeUIntLE(i * step, i * size, size);
      const samples = new Float32Array(count);
      kernels.decodePcm(format, bytes, count, [samples]);
      const again = Buffer.alloc(count * size);
      kernels.encodePcm(format, [samples], count, again);
      expect(again.equals(bytes)).toBe(true);
    }
  });

  test('decodes what wav-encoder writes', async () => {
    const channelData = rows(3, 1001, 5, 0.99);
    const file = await wavEncoder.encode({ sampleRate: 48000, channelData }, { bitDepth: 16 });
    const outputs = emptyRows(3, 1001);
    kernels.decodePcm('int16', new Uint8Array(file, 44), 1001, outputs);
    for (let c = 0; c < 3; c++) {
      expect(largestDifference(outputs[c]!, channelData[c]!)).toBeLessThan(1.6 / 32768);
    }
  });

  test('refuses data or channels that are too short', () => {
    expect(() => kernels.decodePcm('int24', new Uint8Array(11), 2, emptyRows(2, 2))).toThrow('12 are needed');
    expect(() => kernels.encodePcm('int16', emptyRows(2, 3), 4, new Uint8Array(99))).toThrow('3 of 4');
  });
});
