import { expect, test } from 'vitest';
import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';
import {
  createBiquadCascade,
  designLowPass,
  designPeaking,
  designPhaseMatchedShelf,
  designShelf,
} from '../../src/dsp/biquad.ts';

/** Level of a section at a frequency. */
function responseDb({ b0, b1, b2, a1, a2 }: BiquadCoefficients, frequencyHz: number): number {
  const omega = (2 * Math.PI * frequencyHz) / 48000;
  const size = (c0: number, c1: number, c2: number) =>
    Math.hypot(
      c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega),
      c1 * Math.sin(omega) + c2 * Math.sin(2 * omega),
    );
  return 20 * Math.log10(size(b0, b1, b2) / size(1, a1, a2));
}

test('a peaking filter has its gain at its frequency, half of it at its skirts, none far off', () => {
  const section = designPeaking(1000, 6, 2, 48000);
  expect(responseDb(section, 1000)).toBeCloseTo(6, 9);
  expect(responseDb(section, 1)).toBeCloseTo(0, 3);
  expect(responseDb(section, 23_999)).toBeCloseTo(0, 3);
  // Bandwidth between the half gains: sinh(ln(2)/2 * octaves) = 1 / (2 Q).
  const octaves = (2 / Math.LN2) * Math.asinh(1 / 4);
  expect(responseDb(section, 1000 * 2 ** (octaves / 2))).toBeCloseTo(3, 1);
  expect(responseDb(designPeaking(1000, -6, 2, 48000), 1000)).toBeCloseTo(-6, 9);
});

test('shelves have their gain on their side, half of it at their frequency, none on the other side', () => {
  const low = designShelf('low', 500, -8, Math.SQRT1_2, 48000);
  expect([1, 500, 23_999].map((hz) => responseDb(low, hz))).toEqual(
    [-8, -4, 0].map((levelDb) => expect.closeTo(levelDb, 2) as number),
  );
  const high = designShelf('high', 5000, 8, Math.SQRT1_2, 48000);
  expect([1, 5000, 23_999].map((hz) => responseDb(high, hz))).toEqual(
    [0, 4, 8].map((levelDb) => expect.closeTo(levelDb, 2) as number),
  );
});

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

/** Response of a section at a frequency: [magnitude, phase in radians]. */
function responseOf(
  { b0, b1, b2, a1, a2 }: ReturnType<typeof designLowPass>,
  frequencyHz: number,
): [number, number] {
  const w = (2 * Math.PI * frequencyHz) / 48000;
  const polynomial = (c0: number, c1: number, c2: number): [number, number] => [
    c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w),
    -c1 * Math.sin(w) - c2 * Math.sin(2 * w),
  ];
  const [nr, ni] = polynomial(b0, b1, b2);
  const [dr, di] = polynomial(1, a1, a2);
  return [Math.hypot(nr, ni) / Math.hypot(dr, di), Math.atan2(ni, nr) - Math.atan2(di, dr)];
}

test('a phase-matched shelf has its gain below, 1 above, half their sum between, and the phase of any other', () => {
  const allPass = designPhaseMatchedShelf(400, 1, 48000);
  for (const gain of [0.3, 0.8, 2.5]) {
    const shelf = designPhaseMatchedShelf(400, gain, 48000);
    expect(responseOf(shelf, 1e-6)[0]).toBeCloseTo(gain, 9);
    expect(responseOf(shelf, 400)[0]).toBeCloseTo((1 + gain) / 2, 9);
    expect(responseOf(shelf, 23999.9)[0]).toBeCloseTo(1, 9);
    for (const frequencyHz of [20, 150, 400, 900, 5000, 20000]) {
      expect(responseOf(allPass, frequencyHz)[0]).toBeCloseTo(1, 9);
      const turn = responseOf(shelf, frequencyHz)[1] - responseOf(allPass, frequencyHz)[1];
      expect(Math.cos(turn)).toBeCloseTo(1, 12);
    }
  }
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
