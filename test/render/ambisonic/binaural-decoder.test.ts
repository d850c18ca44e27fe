import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import {
  cosineToEar,
  headRadiusMetres,
  soundSpeedMetresPerSec,
  spherePressure,
} from '../../../src/hrtf/rigid-sphere.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import {
  designBinauralDecoder,
  magnitudeCrossoverHz,
  type BinauralDecoder,
} from '../../../src/render/ambisonic/binaural-decoder.ts';
import { createSphereHrtf } from './sphere-hrtf.ts';

const sampleRateHz = 48000;
const sphere = createSphereHrtf(sampleRateHz);

/** Responses [left, right] to a plane wave. */
function responses(decoder: BinauralDecoder, azimuthDeg: number, elevationDeg: number): Float64Array[] {
  const order = Math.sqrt(decoder.left.length) - 1;
  const gains = sphericalHarmonics(order, azimuthDeg, elevationDeg);
  return [decoder.left, decoder.right].map((filters) => {
    const response = new Float64Array(filters[0]!.length);
    filters.forEach((filter, acn) => filter.forEach((tap, t) => (response[t]! += gains[acn]! * tap)));
    return response;
  });
}

/** Spectrum at a frequency, time 0 at the decoder's delay. */
function spectrumAt(response: Float64Array, frequencyHz: number, delaySamples: number): [number, number] {
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  let [re, im] = [0, 0];
  response.forEach((tap, t) => {
    re += tap * Math.cos(omega * (t - delaySamples));
    im -= tap * Math.sin(omega * (t - delaySamples));
  });
  return [re, im];
}

const exact = (frequencyHz: number, azimuthDeg: number, elevationDeg: number, ear: number) =>
  spherePressure(
    (2 * Math.PI * frequencyHz * headRadiusMetres) / soundSpeedMetresPerSec,
    cosineToEar(azimuthDeg, elevationDeg, ear),
  );

const energyDb = (response: Float64Array): number =>
  10 * Math.log10(response.reduce((sum, tap) => sum + tap * tap, 0));

describe.each([1, 3, 7])('order %i on a rigid sphere', (order) => {
  const decoder = designBinauralDecoder(order, sphere);

  test('has (order + 1)^2 filters of 512 taps an ear', () => {
    expect(decoder.left).toHaveLength((order + 1) ** 2);
    expect(decoder.right).toHaveLength((order + 1) ** 2);
    expect(decoder.left[0]).toHaveLength(512);
    expect(decoder.left.every((filter) => filter.every(Number.isFinite))).toBe(true);
  });

  test('left is left', () => {
    const [left, right] = responses(decoder, 90, 0);
    expect(energyDb(left!) - energyDb(right!)).toBeGreaterThan(5);
  });

  test('agrees with the closed form in magnitude and phase at low frequencies', () => {
    for (const [azimuthDeg, elevationDeg] of [
      [0, 0],
      [90, 0],
      [-60, 45],
      [150, -30],
    ] as const)
      responses(decoder, azimuthDeg, elevationDeg).forEach((response, ear) => {
        const [re, im] = spectrumAt(response, 300, decoder.delaySamples);
        const [wantedRe, wantedIm] = exact(300, azimuthDeg, elevationDeg, ear);
        expect(Math.hypot(re - wantedRe, im - wantedIm)).toBeLessThan(order === 1 ? 0.15 : 0.03);
      });
  });

  test('a source in front arrives at both ears alike, at the stated delay', () => {
    const [left, right] = responses(decoder, 0, 0);
    expect(energyDb(left!) - energyDb(right!)).toBeCloseTo(0, 2);
    const [re, im] = spectrumAt(left!, 300, decoder.delaySamples);
    const [wantedRe, wantedIm] = exact(300, 0, 0, 0);
    const lagSamples =
      ((Math.atan2(wantedIm, wantedRe) - Math.atan2(im, re)) * sampleRateHz) / (2 * Math.PI * 300);
    expect(Math.abs(lagSamples)).toBeLessThan(1);
  });

  test('keeps the diffuse-field level at high frequencies', () => {
    for (const frequencyHz of [3000, 6000, 12000]) {
      const level = (ears: readonly [number, number][]): number =>
        ears.reduce((sum, [re, im]) => sum + re * re + im * im, 0) / ears.length;
      const directions = Array.from({ length: 200 }, (_, i) => [
        i * 137.508,
        (Math.asin(1 - (2 * i + 1) / 200) * 180) / Math.PI,
      ]);
      const found = level(
        directions.map(([a, e]) => spectrumAt(responses(decoder, a!, e!)[0]!, frequencyHz, 0)),
      );
      const wanted = level(directions.map(([a, e]) => exact(frequencyHz, a!, e!, 0)));
      expect(Math.abs(10 * Math.log10(found / wanted))).toBeLessThan(0.5);
    }
  });
});

test('levels of single directions above the cross-over come closer with the order', () => {
  const errorDb = (order: number): number => {
    const decoder = designBinauralDecoder(order, sphere);
    let sum = 0;
    for (let azimuthDeg = 0; azimuthDeg < 360; azimuthDeg += 15) {
      const [re, im] = spectrumAt(responses(decoder, azimuthDeg, 0)[0]!, 5000, 0);
      const [wantedRe, wantedIm] = exact(5000, azimuthDeg, 0, 0);
      sum += Math.abs(20 * Math.log10(Math.hypot(re, im) / Math.hypot(wantedRe, wantedIm)));
    }
    return sum / 24;
  };
  const [first, third, seventh] = [1, 3, 7].map(errorDb);
  expect(third).toBeLessThan(first!);
  expect(seventh).toBeLessThan(third!);
  expect(seventh).toBeLessThan(1.5);
});

test('another rate has filters of the same duration', () => {
  const { left, delaySamples } = designBinauralDecoder(1, createSphereHrtf(44100));
  expect(left[0]).toHaveLength(470);
  expect(delaySamples).toBe(88);
});

test('the cross-over is 1.5 kHz at order 3 and 2.5 kHz at order 7', () => {
  expect([3, 7].map(magnitudeCrossoverHz)).toEqual([1500, 2500]);
});

test('refuses other orders', () => {
  expect(() => designBinauralDecoder(8, sphere)).toThrow(ConfigError);
});
