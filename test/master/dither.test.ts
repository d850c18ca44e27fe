import { describe, expect, test } from 'vitest';
import { type BitDepth, createDither, ditherErrorPeak } from '../../src/master/dither.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();

const length = 1 << 18;

function quantise(input: Float32Array, bitDepth: BitDepth, dither: 'none' | 'tpdf', seed = 0): Float32Array {
  const processor = createDither({ kernels, channelCount: 1, bitDepth, dither, seed });
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

/** Amplitude of one frequency, by correlation over whole periods. */
function amplitude(samples: Float32Array, cycles: number): number {
  let [re, im] = [0, 0];
  samples.forEach((x, n) => {
    re += x * Math.cos((2 * Math.PI * cycles * n) / samples.length);
    im += x * Math.sin((2 * Math.PI * cycles * n) / samples.length);
  });
  return (2 * Math.hypot(re, im)) / samples.length;
}

const tone = (levelDbfs: number): Float32Array =>
  Float32Array.from(
    { length },
    (_, n) => 10 ** (levelDbfs / 20) * Math.sin((2 * Math.PI * 5443 * n) / length),
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

test('a tone at -100 dBFS survives 16 bits with TPDF, without harmonics, and not without it', () => {
  const dithered = quantise(tone(-100), 16, 'tpdf');
  expect(20 * Math.log10(amplitude(dithered, 5443))).toBeCloseTo(-100, 0);
  for (const harmonic of [2, 3, 4, 5]) {
    expect(20 * Math.log10(amplitude(dithered, harmonic * 5443))).toBeLessThan(-130);
  }
  expect(quantise(tone(-100), 16, 'none').every((x) => x === 0)).toBe(true);
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
  for (const dither of ['none', 'tpdf'] as const) {
    const largest = Math.max(...quantise(input, 16, dither).map((x, n) => Math.abs(x - input[n]!)));
    const declared = ditherErrorPeak({ bitDepth: 16, dither });
    expect(largest).toBeLessThanOrEqual(declared);
    expect(largest).toBeGreaterThan(0.9 * declared);
  }
  expect(ditherErrorPeak({ bitDepth: 32, dither: 'tpdf' })).toBe(0);
});

test('32 bit float passes unchanged', () => {
  const input = noise(1000, 3, 2);
  expect(quantise(input, 32, 'tpdf')).toEqual(input);
});

test('the noise depends on seed, channel and absolute sample, and not on the cut into blocks', () => {
  const silent = [new Float32Array(5000), new Float32Array(5000)];
  const runs = [1, 7, 512, 4096].map((blockFrames) => {
    const processor = createDither({ kernels, channelCount: 2, bitDepth: 16, dither: 'tpdf' });
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
  const processor = createDither({ kernels, channelCount: 1, bitDepth: 16, dither: 'tpdf' });
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
