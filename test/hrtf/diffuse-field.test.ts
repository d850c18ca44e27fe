import { expect, test } from 'vitest';
import { createFft } from '../../src/dsp/fft.ts';
import {
  designDiffuseFieldEqualizer,
  diffuseFieldPower,
  smoothThirdOctave,
} from '../../src/hrtf/diffuse-field.ts';

test('diffuseFieldPower is the weighted mean over directions and ears', () => {
  const spectrum = (value: number) => new Float64Array(8).fill(value);
  const real = [spectrum(1), spectrum(3), spectrum(2), spectrum(0)];
  const power = diffuseFieldPower(
    Float64Array.of(0.25, 0.75),
    real,
    real.map(() => spectrum(0)),
  );
  expect(power[2]).toBeCloseTo(0.25 * 5 + 0.75 * 2, 12);
});

test('smoothing leaves a constant alone', () => {
  expect(
    [...smoothThirdOctave(new Float64Array(65).fill(2))].every((value) => Math.abs(value - 2) < 1e-12),
  ).toBe(true);
});

test('the equaliser inverts a smooth diffuse field up to 16 kHz', () => {
  const fft = createFft(2048);
  const power = Float64Array.from({ length: 1025 }, (_, k) => 1 / (1 + (k / 300) ** 2));
  const { real, imaginary } = designDiffuseFieldEqualizer(fft, 44100, power);
  for (const k of [20, 100, 300, 700])
    expect(10 * Math.log10((real[k]! ** 2 + imaginary[k]! ** 2) * power[k]!)).toBeCloseTo(0, 1);
});
