import { describe, expect, test } from 'vitest';
import { createFractionalDelayLine } from '../../src/dsp/fractional-delay.ts';

const hopFrames = 1024;

/** Largest error, in dB, of a sine that is read with a delay that glides from hop to hop. */
function errorDb(frequency: number, delays: readonly number[]): number {
  const line = createFractionalDelayLine(hopFrames, 64);
  const hop = new Float32Array(hopFrames);
  const output = new Float32Array(hopFrames);
  let largest = 0;
  for (let h = 0; h + 1 < delays.length; h++) {
    for (let n = 0; n < hopFrames; n++) hop[n] = Math.sin(2 * Math.PI * frequency * (h * hopFrames + n));
    line.write(hop);
    line.read(delays[h]!, delays[h + 1]!, output);
    if (h === 0) continue;
    for (let n = 0; n < hopFrames; n++) {
      const delay = delays[h]! + ((delays[h + 1]! - delays[h]!) * n) / hopFrames;
      const expected = Math.sin(2 * Math.PI * frequency * (h * hopFrames + n - delay));
      largest = Math.max(largest, Math.abs(output[n]! - expected));
    }
  }
  return 20 * Math.log10(largest);
}

describe('a delay line against the closed form of a delayed sine', () => {
  test.each([
    [1000, -90],
    [8000, -78],
    [12000, -76],
    [16000, -55],
  ])('%i Hz at 48 kHz: error below %i dB, still and gliding', (frequencyHz, limitDb) => {
    expect(errorDb(frequencyHz / 48000, [20, 20, 20])).toBeLessThan(-120);
    expect(errorDb(frequencyHz / 48000, [20.37, 20.37, 20.37, 20.37])).toBeLessThan(limitDb);
    expect(errorDb(frequencyHz / 48000, [10, 10.8, 12.1, 31.9, 9.5, 9.1])).toBeLessThan(limitDb);
  });
});

test('reset empties the line', () => {
  const line = createFractionalDelayLine(hopFrames, 64);
  const output = new Float32Array(hopFrames);
  line.write(new Float32Array(hopFrames).fill(1));
  line.reset();
  line.read(20, 20, output);
  expect(output).toEqual(new Float32Array(hopFrames));
});
