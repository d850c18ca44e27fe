import { expect, test } from 'vitest';
import { createFft } from '../../../../src/dsp/fft.ts';
import { saturationEffect } from '../../../../src/master/scene-stage/effects/saturation.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const sampleRateHz = 48000;
const size = 1 << 14;
/** Nearest to 5 kHz with whole periods in the transform, and odd, so that no alias falls on a harmonic. */
const bin = 1707;

async function spectrumDbc(driveDb: number): Promise<Float64Array> {
  const input = Float32Array.from({ length: 3 * size }, (_, n) => Math.sin((2 * Math.PI * bin * n) / size));
  const [output] = runEffect(saturationEffect.create({ driveDb }, await effectContext()), [input]);
  const real = Float64Array.from(output!.subarray(size, 2 * size));
  const imaginary = new Float64Array(size);
  createFft(size).forward(real, imaginary);
  const levels = real.slice(0, size / 2).map((re, k) => Math.hypot(re, imaginary[k]!));
  return levels.map((level) => 20 * Math.log10(level / levels[bin]!));
}

test.each([-6, 0, 9, 12, 18])(
  '5 kHz at full scale, %i dB of drive: aliases below -90 dBc',
  async (driveDb) => {
    const levelsDbc = await spectrumDbc(driveDb);
    const harmonics = new Set([bin, 3 * bin]);
    for (const [k, levelDbc] of levelsDbc.entries())
      if (!harmonics.has(k)) expect(levelDbc, `bin ${k}, ${(k * sampleRateHz) / size} Hz`).toBeLessThan(-90);
  },
);

test('harmonics are those of the hyperbolic tangent', async () => {
  // Fourier coefficients of tanh(d sin), by the trapezoidal rule.
  const drive = 10 ** (12 / 20);
  const coefficient = (order: number): number => {
    let sum = 0;
    for (let i = 0; i < 4096; i++) {
      const angle = (2 * Math.PI * i) / 4096;
      sum += Math.tanh(drive * Math.sin(angle)) * Math.sin(order * angle);
    }
    return sum;
  };
  const levelsDbc = await spectrumDbc(12);
  expect(levelsDbc[3 * bin]).toBeCloseTo(20 * Math.log10(Math.abs(coefficient(3) / coefficient(1))), 2);
});

test('quiet sounds pass, loud ones bend as far as the curve says', async () => {
  const context = await effectContext();
  const quiet = noise(4000, 1).map((x) => 1e-4 * x);
  const [whisper] = runEffect(saturationEffect.create({ driveDb: 0 }, context), [quiet]);
  for (let n = 0; n < 4000; n++) expect(Math.abs(whisper![n]! - quiet[n]!)).toBeLessThan(1e-10);
  const loud = Float32Array.from({ length: 8000 }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / 48000));
  const [bent] = runEffect(saturationEffect.create({ driveDb: 6 }, context), [loud]);
  const drive = 10 ** (6 / 20);
  const peak = bent!.subarray(1000, 7000).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  expect(peak).toBeCloseTo(Math.tanh(drive) / drive, 4);
});

test('half the amount is half of what it adds; blocks change nothing', async () => {
  const input = noise(5000, 2);
  const whole = runEffect(saturationEffect.create({ driveDb: 6 }, await effectContext()), [input]);
  const half = saturationEffect.create({ driveDb: 6 }, await effectContext({ amount: 0.5 }));
  const [found] = runEffect(half, [input], 333);
  for (let n = 0; n < 5000; n++)
    expect(Math.abs(found![n]! - (input[n]! + whole[0]![n]!) / 2)).toBeLessThan(1e-6);
  half.reset();
  expect(runEffect(half, [input], 5000)[0]).toEqual(found);
});
