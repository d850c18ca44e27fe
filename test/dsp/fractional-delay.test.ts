import { describe, expect, test } from 'vitest';
import { fractionalDelayTable } from '../../src/dsp/fractional-delay.ts';
import { readDelayed } from '../../src/kernels/scalar/fractional-delay.ts';

const hopFrames = 1024;
const history = 80;

/** Largest error, in dB, of a sine that is read with a delay that glides from hop to hop. */
function errorDb(frequency: number, delays: readonly number[]): number {
  const line = new Float32Array(history + hopFrames);
  const output = new Float32Array(hopFrames);
  let largest = 0;
  for (let h = 0; h + 1 < delays.length; h++) {
    for (let n = 0; n < line.length; n++)
      line[n] = Math.sin(2 * Math.PI * frequency * (h * hopFrames + n - history));
    const step = (delays[h + 1]! - delays[h]!) / hopFrames;
    readDelayed(fractionalDelayTable(), line, history, delays[h]!, step, output);
    for (let n = 0; n < hopFrames; n++) {
      const expected = Math.sin(2 * Math.PI * frequency * (h * hopFrames + n - delays[h]! - step * n));
      largest = Math.max(largest, Math.abs(output[n]! - expected));
    }
  }
  return 20 * Math.log10(largest);
}

describe('a delay line against the closed form of a delayed sine', () => {
  test.each([
    [1000, -90],
    [8000, -84],
    [12000, -80],
    [16000, -55],
  ])('%i Hz at 48 kHz: error below %i dB, still and gliding', (frequencyHz, limitDb) => {
    expect(errorDb(frequencyHz / 48000, [20, 20, 20])).toBeLessThan(-120);
    expect(errorDb(frequencyHz / 48000, [20.37, 20.37, 20.37, 20.37])).toBeLessThan(limitDb);
    expect(errorDb(frequencyHz / 48000, [20.1, 20.6, 21.7, 12.4])).toBeLessThan(limitDb);
    expect(errorDb(frequencyHz / 48000, [10, 10.8, 12.1, 31.9, 9.5, 9.1])).toBeLessThan(limitDb);
  });
});

test('rows sum to 1; those of whole samples are impulses', () => {
  const { phasesPerSample, marginRows, coefficients } = fractionalDelayTable();
  const row = (r: number): Float32Array =>
    coefficients.subarray((r + marginRows) * 16, (r + marginRows + 1) * 16);
  for (let r = -marginRows; r <= phasesPerSample + marginRows + 1; r++)
    expect(row(r).reduce((sum, tap) => sum + tap)).toBeCloseTo(1, 6);
  for (const [r, place] of [
    [0, 7],
    [phasesPerSample, 8],
  ] as const)
    row(r).forEach((tap, i) => expect(tap).toBeCloseTo(i === place ? 1 : 0, 7));
});
