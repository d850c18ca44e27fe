import { expect, test } from 'vitest';
import { alignMeasured } from '../../src/hrtf/align-measured.ts';
import { replaceLowFrequencies } from '../../src/hrtf/low-frequency-model.ts';
import { cosineToEar, spherePressure } from '../../src/hrtf/rigid-sphere.ts';
import { toyMeasurement } from './sets.ts';

test('the sphere below 150 Hz, the measurement above 400 Hz', () => {
  const aligned = alignMeasured(toyMeasurement(30, -30), { equalizeDiffuseField: true });
  const { real, imaginary, size } = replaceLowFrequencies(aligned);
  const level = (re: Float64Array, im: Float64Array, k: number) =>
    20 * Math.log10(Math.hypot(re[k]!, im[k]!));
  for (let r = 0; r < real.length; r++) {
    const cosine = cosineToEar(aligned.directionsDeg[r & ~1]!, aligned.directionsDeg[r | 1]!, r & 1);
    const k = Math.round((100 * size) / 44100);
    const mu = (2 * Math.PI * ((k * 44100) / size) * 0.0875) / 343;
    expect(level(real[r]!, imaginary[r]!, k)).toBeCloseTo(
      20 * Math.log10(Math.hypot(...spherePressure(mu, cosine))),
      6,
    );
    const high = Math.round((2000 * size) / 44100);
    expect(level(real[r]!, imaginary[r]!, high)).toBeCloseTo(
      level(aligned.real[r]!, aligned.imaginary[r]!, high),
      6,
    );
  }
});
