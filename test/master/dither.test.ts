import { describe, expect, test } from 'vitest';
import {
  type BitDepth,
  createDither,
  ditherErrorPeak,
  type DitherKind,
  ditherKinds,
  ditherSeed,
} from '../../src/master/dither.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createFft } from '../../src/dsp/fft.ts';
import { noise } from '../support.ts';

const kernels = await loadKernels();

const sampleRateHz = 48000;
const length = 1 << 18;

function quantise(input: Float32Array, bitDepth: BitDepth, dither: DitherKind, seed = 0): Float32Array {
  const processor = createDither({ kernels, sampleRateHz, channelCount: 1, bitDepth, dither, seed });
  const output = new Float32Array(input.length);
  processor.process(
    { channels: [input], frameCount: input.length },
    { channels: [output], frameCount: input.length },
  );
  return output;
}

const powerDb = (samples: ArrayLike<number>): number => {
  let sum = 0;
  for (let n = 0; n < samples.length; n++) sum += samples[n]! ** 2;
  return 10 * Math.log10(sum / samples.length);
};

/** Level of one frequency, by correlation over whole periods. */
function levelDbfs(samples: Float32Array, cycles: number): number {
  let [re, im] = [0, 0];
  samples.forEach((x, n) => {
    re += x * Math.cos((2 * Math.PI * cycles * n) / samples.length);
    im += x * Math.sin((2 * Math.PI * cycles * n) / samples.length);
  });
  return 20 * Math.log10((2 * Math.hypot(re, im)) / samples.length);
}

/** Cycles of 997 Hz, as near as whole ones come. */
const toneCycles = Math.round((997 / sampleRateHz) * length);
const tone = (level: number): Float32Array =>
  Float32Array.from(
    { length },
    (_, n) => 10 ** (level / 20) * Math.sin((2 * Math.PI * toneCycles * n) / length),
  );

test('16 bit: the error is white at -96.33 dBFS, whatever the signal', () => {
  for (const input of [tone(-20), new Float32Array(length), noise(length, 2, 0.1)]) {
    const error = quantise(input, 16, 'tpdf').map((x, n) => x - input[n]!);
    expect(Math.abs(powerDb(error) - -96.33)).toBeLessThan(0.05);
    expect(Math.abs(error.reduce((sum, x) => sum + x, 0) / length)).toBeLessThan(3e-7);
    let neighbours = 0;
    for (let n = 1; n < length; n++) neighbours += error[n]! * error[n - 1]!;
    expect(Math.abs(neighbours / length) / 10 ** -9.633).toBeLessThan(0.01);
  }
});

test.each(['tpdf', 'high-pass', 'shaped'] as const)(
  '997 Hz at -100 dBFS survive 16 bits with %s, without harmonics',
  (dither) => {
    const dithered = quantise(tone(-100), 16, dither);
    expect(levelDbfs(dithered, toneCycles)).toBeCloseTo(-100, 0);
    for (let harmonic = 2; harmonic <= 10; harmonic++)
      expect(levelDbfs(dithered, harmonic * toneCycles)).toBeLessThan(-130);
  },
);

test('997 Hz at -100 dBFS are lost without dither', () => {
  expect(quantise(tone(-100), 16, 'none').every((x) => x === 0)).toBe(true);
});

/** Power of the error of 16 bits between two frequencies, in dB re full scale squared. */
function errorDb(input: Float32Array, dither: DitherKind, fromHz: number, toHz: number): number {
  const size = 4096;
  const fft = createFft(size);
  const error = quantise(input, 16, dither).map((x, n) => x - input[n]!);
  let sum = 0;
  for (let start = 0; start < length; start += size) {
    const [re, im] = [Float64Array.from(error.subarray(start, start + size)), new Float64Array(size)];
    fft.forward(re, im);
    for (let bin = 1; bin < size / 2; bin++) {
      const frequencyHz = (bin * sampleRateHz) / size;
      if (frequencyHz >= fromHz && frequencyHz < toHz) sum += 2 * (re[bin]! ** 2 + im[bin]! ** 2);
    }
  }
  return 10 * Math.log10(sum / size / length);
}

test('noise figures: high-pass leaves the lows to rounding alone, shaping empties 2 to 5 kHz', () => {
  const input = tone(-20);
  // TPDF in all: 3/12 of a step squared. Rounding alone has 1/12: 4.77 dB less.
  const whiteDb = 10 * Math.log10(0.25 / 2 ** 30);
  expect(whiteDb).toBeCloseTo(-96.33, 2);
  const bandDb = 10 * Math.log10(3000 / 24000);
  expect(errorDb(input, 'tpdf', 2000, 5000)).toBeCloseTo(whiteDb + bandDb, 0);
  expect(errorDb(input, 'high-pass', 0, 24000)).toBeCloseTo(whiteDb, 0);
  const lowDb = 10 * Math.log10(980 / 24000) + whiteDb - 4.77;
  expect(Math.abs(errorDb(input, 'high-pass', 20, 1000) - lowDb)).toBeLessThan(0.3);
  expect(errorDb(input, 'shaped', 0, 24000)).toBeLessThan(-86.5);
  expect(errorDb(input, 'shaped', 2000, 5000)).toBeLessThan(-123.5);
});

test('channels do not correlate, whatever the noise', () => {
  for (const dither of ['tpdf', 'high-pass', 'shaped'] as const) {
    const channelCount = 6;
    const processor = createDither({ kernels, sampleRateHz, channelCount, bitDepth: 16, dither });
    const inputs = Array.from({ length: channelCount }, () => tone(-20));
    const outputs = inputs.map((input) => new Float32Array(input.length));
    processor.process({ channels: inputs, frameCount: length }, { channels: outputs, frameCount: length });
    const errors = outputs.map((output, channel) => output.map((x, n) => x - inputs[channel]![n]!));
    for (let a = 0; a < channelCount; a++)
      for (let b = a + 1; b < channelCount; b++) {
        let [cross, powerA, powerB] = [0, 0, 0];
        for (let n = 0; n < length; n++) {
          cross += errors[a]![n]! * errors[b]![n]!;
          powerA += errors[a]![n]! ** 2;
          powerB += errors[b]![n]! ** 2;
        }
        // Four times what chance gives; shaped noise repeats itself more.
        expect(Math.abs(cross) / Math.sqrt(powerA * powerB)).toBeLessThan(
          (dither === 'tpdf' ? 4 : 8) / Math.sqrt(length),
        );
      }
  }
});

test('the seed is that of the file name', () => {
  // Published test vectors of FNV-1a.
  expect(ditherSeed('')).toBe(0x811c9dc5 | 0);
  expect(ditherSeed('a')).toBe(0xe40c292c | 0);
  expect(ditherSeed('foobar')).toBe(0xbf9cf968 | 0);
});

describe.each([16, 20, 24] as const)('%i bit', (bitDepth) => {
  test('every output is on the integer grid, inside the range, within the noise of its input', () => {
    const input = noise(20000, bitDepth, 1.2);
    const output = quantise(input, bitDepth, 'tpdf');
    const scale = 2 ** (bitDepth - 1);
    const onGrid = (x: number): boolean => Number.isInteger(x * scale) && x >= -1 && x <= 1 - 1 / scale;
    expect(output.every(onGrid)).toBe(true);
    const isNear = (x: number, n: number): boolean =>
      Math.abs(input[n]!) > 0.99 || Math.abs(x - input[n]!) * scale <= 1.5;
    expect(output.every(isNear)).toBe(true);
  });

  test('what is on the grid already passes unchanged without dither', () => {
    const grid = noise(5000, 7).map((x) => Math.round(x * 2 ** (bitDepth - 1) * 0.9) / 2 ** (bitDepth - 1));
    expect(quantise(grid, bitDepth, 'none')).toEqual(grid);
  });
});

test('no error is larger than is declared', () => {
  const input = noise(50000, 9, 0.9);
  for (const dither of ditherKinds) {
    const largest = Math.max(...quantise(input, 16, dither).map((x, n) => Math.abs(x - input[n]!)));
    const declared = ditherErrorPeak({ bitDepth: 16, dither, sampleRateHz });
    expect(largest).toBeLessThanOrEqual(declared);
    // Nine errors at their largest and of the right signs never meet in so short a time.
    expect(largest).toBeGreaterThan((dither === 'shaped' ? 0.5 : 0.9) * declared);
  }
  expect(ditherErrorPeak({ bitDepth: 32, dither: 'tpdf', sampleRateHz })).toBe(0);
});

test('32 bit float passes unchanged', () => {
  const input = noise(1000, 3, 2);
  expect(quantise(input, 32, 'tpdf')).toEqual(input);
});

test('the noise depends on seed, channel and absolute sample, and not on the cut into blocks', () => {
  const silent = [new Float32Array(5000), new Float32Array(5000)];
  const runs = [1, 7, 512, 4096].map((blockFrames) => {
    const processor = createDither({ kernels, sampleRateHz, channelCount: 2, bitDepth: 16, dither: 'tpdf' });
    const outputs = [new Float32Array(5000), new Float32Array(5000)];
    for (let from = 0; from < 5000; from += blockFrames) {
      const cut = (arrays: Float32Array[]) => arrays.map((a) => a.subarray(from, from + blockFrames));
      const frameCount = Math.min(blockFrames, 5000 - from);
      processor.process({ channels: cut(silent), frameCount }, { channels: cut(outputs), frameCount });
    }
    return outputs;
  });
  for (const run of runs) expect(run).toEqual(runs[0]);
  const [left, right] = runs[0]!;
  const correlation = left!.reduce((sum, x, n) => sum + x * right![n]!, 0) / 5000 / 10 ** -9.633;
  expect(Math.abs(correlation)).toBeLessThan(0.06);
  expect(quantise(new Float32Array(100), 16, 'tpdf', 1)).not.toEqual(
    quantise(new Float32Array(100), 16, 'tpdf', 2),
  );
});

test('reset starts the noise again', () => {
  const processor = createDither({ kernels, sampleRateHz, channelCount: 1, bitDepth: 16, dither: 'tpdf' });
  const run = (): Float32Array => {
    const output = new Float32Array(100);
    processor.process(
      { channels: [new Float32Array(100)], frameCount: 100 },
      { channels: [output], frameCount: 100 },
    );
    return output;
  };
  const first = run();
  expect(run()).not.toEqual(first);
  processor.reset();
  expect(run()).toEqual(first);
});
