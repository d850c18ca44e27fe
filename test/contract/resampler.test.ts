import { describe, expect, test } from 'vitest';
import { designResampler } from '../../src/dsp/resampler.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { cut, cutSizes, emptyRows, rows, scalar, sets, simd, slices } from './contract-support.ts';

describe.each(sets)('%s resampler', (_, kernels) => {
  const inputs = rows(3, 5000);
  const resample = (fromHz: number, toHz: number, size: number, from: Kernels = kernels): Float32Array[] => {
    const [fir] = designResampler(fromHz, toHz).stages;
    const kernel = from.createResampler(3, fir!);
    const pieces: Float32Array[][] = [];
    cut(5000, size, (start, end) => {
      const outputs = emptyRows(3, kernel.mostOutputFrames(end - start));
      const count = kernel.process(slices(inputs, start, end), end - start, outputs);
      pieces.push(slices(outputs, 0, count));
    });
    return inputs.map((_, row) => Float32Array.from(pieces.flatMap((piece) => [...piece[row]!])));
  };
  const rates: [number, number][] = [
    [44100, 48000],
    [48000, 44100],
    [48000, 96000],
    [192000, 88200],
    [96000, 48000],
    // Begins with a filter that halves the rate, every other tap zero.
    [192000, 44100],
  ];

  test.each(rates)('%i to %i Hz: the same bits for any cut, and as the other set', (fromHz, toHz) => {
    const whole = resample(fromHz, toHz, 5000);
    for (const size of cutSizes) expect(resample(fromHz, toHz, size)).toEqual(whole);
    expect(resample(fromHz, toHz, 5000, kernels === scalar ? simd : scalar)).toEqual(whole);
  });

  test('refuses what it cannot do', () => {
    const fir = { upFactor: 1, downFactor: 2, tapCount: 12, coefficients: new Float64Array(12) };
    expect(() => kernels.createResampler(1, fir)).toThrow(/tapCount/);
    expect(() => kernels.createResampler(1, { ...fir, tapCount: 16 })).toThrow(/coefficients/);
    expect(() => kernels.createResampler(1, { ...fir, upFactor: 0.5 })).toThrow(/upFactor/);
    const kernel = kernels.createResampler(1, { ...fir, tapCount: 8, coefficients: new Float64Array(8) });
    expect(() => kernel.process([new Float32Array(3)], 4, [new Float32Array(8)])).toThrow(/3 of 4/);
  });
});
