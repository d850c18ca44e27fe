import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';

/** The two biquads of the K-weighting at 48 kHz, as printed: ITU-R BS.1770-5, Annex 1, Tables 1 and 2. */
export const kWeighting48k: readonly [BiquadCoefficients, BiquadCoefficients] = Object.freeze([
  Object.freeze({
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  }),
  Object.freeze({ b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 }),
] as const);

/**
 * The K-weighting (head shelf, then RLB high pass) at any sample rate. BS.1770-5 prints 48 kHz only and asks
 * for the same response elsewhere: each printed biquad is taken back to its analogue prototype and warped
 * anew, so that its corner stays at the same frequency and its gain at the same level.
 * @param sampleRateHz 8000..192000
 */
export function kWeighting(sampleRateHz: number): readonly [BiquadCoefficients, BiquadCoefficients] {
  if (sampleRateHz === 48000) return kWeighting48k;
  const [shelf, highPass] = kWeighting48k;
  return [rewarp(shelf, 48000, sampleRateHz), rewarp(highPass, 48000, sampleRateHz)];
}

/** Moves a biquad from one sample rate to another by the bilinear transform, exact at its corner frequency. */
function rewarp(biquad: BiquadCoefficients, fromHz: number, toHz: number): BiquadCoefficients {
  const numerator = toAnalogue(biquad.b0, biquad.b1, biquad.b2);
  const denominator = toAnalogue(1, biquad.a1, biquad.a2);
  const corner = Math.sqrt(denominator[0] / denominator[2]);
  const scale = corner / Math.tan((Math.atan(corner) * fromHz) / toHz);
  const [b0, b1, b2] = toDigital(numerator, scale);
  const [a0, a1, a2] = toDigital(denominator, scale);
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}

/** c0 + c1 z^-1 + c2 z^-2 with z^-1 = (1 - s) / (1 + s), as coefficients of 1, s, s^2. */
const toAnalogue = (c0: number, c1: number, c2: number): [number, number, number] => [
  c0 + c1 + c2,
  2 * (c0 - c2),
  c0 - c1 + c2,
];

/** p0 + p1 s + p2 s^2 with s = scale (1 - z^-1) / (1 + z^-1), as coefficients of 1, z^-1, z^-2. */
function toDigital([p0, p1, p2]: [number, number, number], scale: number): [number, number, number] {
  const q1 = p1 * scale;
  const q2 = p2 * scale * scale;
  return [p0 + q1 + q2, 2 * (p0 - q2), p0 - q1 + q2];
}
