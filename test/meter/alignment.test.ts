import { describe, expect, test } from 'vitest';
import { findAlignment } from '../../src/meter/alignment.ts';
import { noise } from '../support.ts';

const shifted = (samples: Float32Array, by: number, gain = 1): Float32Array =>
  samples.map((_, n) => gain * (samples[n - by] ?? 0));

describe('findAlignment', () => {
  const programme = noise(40_000, 7);

  test.each([0, 1, -1, 4095, -3000])('an offset of %i samples, at any gain', (offset) => {
    const found = findAlignment(programme, shifted(programme, offset, 0.3), 4096);
    expect(found.offsetSamples).toBe(offset);
    expect(found.correlation).toBeGreaterThan(0.9);
  });

  test('of opposite polarity the correlation is negative', () => {
    const found = findAlignment(programme, shifted(programme, 100, -1), 4096);
    expect(found.offsetSamples).toBe(100);
    expect(found.correlation).toBeLessThan(-0.9);
  });

  test('is that of the sum of all products', () => {
    const [one, other] = [noise(300, 1), noise(260, 2)];
    let best = { offset: 0, sum: 0 };
    for (let offset = -256; offset <= 256; offset++) {
      let sum = 0;
      for (let n = 0; n < one.length; n++) sum += one[n]! * (other[n + offset] ?? 0);
      if (Math.abs(sum) > Math.abs(best.sum)) best = { offset, sum };
    }
    const energy = (samples: Float32Array): number => samples.reduce((sum, value) => sum + value ** 2, 0);
    const found = findAlignment(one, other, 256);
    expect(found.offsetSamples).toBe(best.offset);
    expect(found.correlation).toBeCloseTo(best.sum / Math.sqrt(energy(one) * energy(other)), 9);
  });

  test('what repeats itself stays where it is', () => {
    const tone = Float32Array.from({ length: 9600 }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / 48000));
    const found = findAlignment(tone, tone, 4800);
    expect(found.offsetSamples).toBe(0);
    expect(found.correlation).toBeCloseTo(1, 9);
  });

  test('silence has no offset', () => {
    expect(findAlignment(programme, new Float32Array(100), 4096)).toEqual({
      offsetSamples: 0,
      correlation: 0,
    });
  });
});
