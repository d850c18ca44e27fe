import { expect, test } from 'vitest';
import { createBiquadCascade, designLowPass } from '../../src/dsp/biquad.ts';

/** Level of a sine after two low-passes in series. */
function levelDb(frequencyHz: number, cutoffHz: number): number {
  const section = designLowPass(cutoffHz, 48000);
  const signal = Float32Array.from({ length: 48000 }, (_, n) =>
    Math.sin((2 * Math.PI * frequencyHz * n) / 48000),
  );
  createBiquadCascade([section, section]).process(signal, signal.length);
  const power = signal.subarray(24000).reduce((sum, x) => sum + x * x, 0) / 24000;
  return 10 * Math.log10(2 * power);
}

test('two Butterworth low-passes make a Linkwitz-Riley filter: -6.02 dB at its frequency, 24 dB an octave', () => {
  expect(levelDb(10, 120)).toBeCloseTo(0, 2);
  expect(levelDb(120, 120)).toBeCloseTo(-6.02, 2);
  expect(levelDb(240, 120)).toBeCloseTo(-20 * Math.log10(17), 1);
});

test('flush zeroes what has died away, reset everything', () => {
  const cascade = createBiquadCascade([designLowPass(120, 48000)]);
  const signal = new Float32Array(8).fill(1e-25);
  cascade.process(signal, 8);
  cascade.flush();
  const silence = new Float32Array(8);
  cascade.process(silence, 8);
  expect(silence).toEqual(new Float32Array(8));
  cascade.process(new Float32Array(8).fill(1), 8);
  cascade.reset();
  cascade.process(silence, 8);
  expect(silence).toEqual(new Float32Array(8));
});
