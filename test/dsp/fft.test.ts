import { describe, expect, test } from 'vitest';
import { createFft, nextPowerOfTwo } from '../../src/dsp/fft.ts';
import { noise } from '../support.ts';

describe('createFft', () => {
  test.each([1, 2, 8, 64])('agrees with the sum that defines it at size %i', (size) => {
    const re = Float64Array.from(noise(size, 1));
    const im = Float64Array.from(noise(size, 2));
    const [x, y] = [re.slice(), im.slice()];
    createFft(size).forward(re, im);
    for (let k = 0; k < size; k++) {
      let [a, b] = [0, 0];
      for (let n = 0; n < size; n++) {
        const angle = (-2 * Math.PI * k * n) / size;
        a += x[n]! * Math.cos(angle) - y[n]! * Math.sin(angle);
        b += x[n]! * Math.sin(angle) + y[n]! * Math.cos(angle);
      }
      expect(re[k]).toBeCloseTo(a, 10);
      expect(im[k]).toBeCloseTo(b, 10);
    }
  });

  test('the inverse undoes it', () => {
    const re = Float64Array.from(noise(256, 1));
    const im = Float64Array.from(noise(256, 2));
    const [x, y] = [re.slice(), im.slice()];
    const fft = createFft(256);
    fft.forward(re, im);
    fft.inverse(re, im);
    for (let n = 0; n < 256; n++) {
      expect(re[n]).toBeCloseTo(x[n]!, 12);
      expect(im[n]).toBeCloseTo(y[n]!, 12);
    }
  });

  test('refuses sizes that are no power of two', () => {
    expect(() => createFft(12)).toThrow(/power of two, got 12/);
  });
});

test('nextPowerOfTwo', () => {
  expect([0, 1, 2, 3, 1024, 1025].map(nextPowerOfTwo)).toEqual([1, 1, 2, 4, 1024, 2048]);
});
