import { powerToDb } from '../base/units.ts';

/** Loudness of a mean square of K-weighted samples, summed over the weighted channels: BS.1770-5, eq. (2). */
export const powerToLufs = (power: number): number => -0.691 + powerToDb(power);

/** Mean square at the absolute gate of -70 LUFS: BS.1770-5, Annex 1. */
export const absoluteGatePower = 10 ** ((-70 + 0.691) / 10);

/**
 * Integrated loudness of gating blocks: BS.1770-5, Annex 1, eq. (5) to (7). Both gates are strict; no block
 * above them gives -Infinity.
 * @param powers weighted mean square of each 400 ms block, one every 100 ms
 */
export function integratedLoudnessLufs(powers: Float64Array): number {
  const ungated = meanAbove(powers, absoluteGatePower);
  return powerToLufs(meanAbove(powers, Math.max(absoluteGatePower, ungated / 10)));
}

function meanAbove(powers: Float64Array, gatePower: number): number {
  let sum = 0;
  let count = 0;
  for (const power of powers) {
    if (power > gatePower) {
      sum += power;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * Loudness range: EBU Tech 3342, clause 5: the distance between the 10th and the 95th percentile of
 * short-term loudness behind an absolute gate of -70 LUFS and a relative one of -20 LU, both inclusive.
 * Nothing above the gates gives 0.
 * @param powers weighted mean square of each 3 s window, one every 100 ms
 */
export function loudnessRangeLu(powers: Float64Array): number {
  const audible = powers.filter((power) => power >= absoluteGatePower);
  if (audible.length === 0) return 0;
  const mean = audible.reduce((sum, power) => sum + power, 0) / audible.length;
  const sorted = audible.filter((power) => power >= mean / 100).sort();
  const percentile = (percent: number): number => sorted[Math.round(((sorted.length - 1) * percent) / 100)];
  return powerToDb(percentile(95) / percentile(10));
}
