/** Step of the counter behind the quantiser's noise: odd, so that it runs through all 2^32 states. */
export const counterStep = 0x6d2b79f5;

/** A 32-bit hash with little bias (C. Wellons' "lowbias32"). */
export function hashCounter(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/** State of the counter so many steps on. */
export const advanceCounter = (state: number, steps: number): number =>
  (state + Math.imul(counterStep, steps)) | 0;
