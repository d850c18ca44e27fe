import type { PolyphaseFir } from './kernels.ts';

/** Room for the rounding of the float32 sums, so that what is skipped is certain to be lower. */
const roundingMargin = 1 + 1e-4;

/**
 * Factor by which the interpolated signal can exceed the samples at most: the largest L1 norm of the FIR's
 * phases (2.0228 for BS.1770-5 Annex 2), with a margin for rounding. A window whose samples stay below
 * peak / bound needs no filtering.
 */
export function skipBound({ phaseCount, tapCount, coefficients }: PolyphaseFir): number {
  let largest = 0;
  for (let phase = 0; phase < phaseCount; phase++) {
    let norm = 0;
    for (let tap = 0; tap < tapCount; tap++) norm += Math.abs(coefficients[phase * tapCount + tap]!);
    largest = Math.max(largest, norm);
  }
  return largest * roundingMargin;
}
