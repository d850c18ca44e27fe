import { expect, test } from 'vitest';
import { createComplexFft } from '../../../src/kernels/scalar/fft.ts';
import { noise } from '../../support.ts';

test.each([1, 2, 8, 64])('agrees with the definition of the DFT, length %i, and inverts', (length) => {
  const x = [noise(length, 1), noise(length, 2)] as const;
  const [re, im] = [Float64Array.from(x[0]), Float64Array.from(x[1])];
  const fft = createComplexFft(length);
  fft.forward(re, im);
  for (let k = 0; k < length; k++) {
    let [sumRe, sumIm] = [0, 0];
    for (let n = 0; n < length; n++) {
      const phase = (-2 * Math.PI * k * n) / length;
      sumRe += x[0][n]! * Math.cos(phase) - x[1][n]! * Math.sin(phase);
      sumIm += x[0][n]! * Math.sin(phase) + x[1][n]! * Math.cos(phase);
    }
    expect(re[k]).toBeCloseTo(sumRe, 10);
    expect(im[k]).toBeCloseTo(sumIm, 10);
  }
  fft.inverse(re, im);
  for (let n = 0; n < length; n++) {
    expect(re[n]! / length).toBeCloseTo(x[0][n]!, 12);
    expect(im[n]! / length).toBeCloseTo(x[1][n]!, 12);
  }
});
