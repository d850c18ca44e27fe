/** Modified Bessel function of the first kind, order 0, by its power series. */
export function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Kaiser window at a place within it.
 * @param position -1 at the left edge, 0 in the middle, 1 at the right edge; 0 outside
 * @param beta shape: about 0.11 (A - 8.7) for side lobes A dB down (Kaiser 1974)
 */
export function kaiser(position: number, beta: number): number {
  const inside = 1 - position * position;
  return inside <= 0 ? 0 : besselI0(beta * Math.sqrt(inside)) / besselI0(beta);
}

/** Raised-cosine fade: 1 at and before `from`, 0 at and after `to`. */
export function cosineFade(value: number, from: number, to: number): number {
  if (value <= from) return 1;
  if (value >= to) return 0;
  return 0.5 + 0.5 * Math.cos((Math.PI * (value - from)) / (to - from));
}

/** sin(pi x) / (pi x); exactly 0 where it is 0. */
export const sinc = (x: number): number =>
  Number.isInteger(x) ? Number(x === 0) : Math.sin(Math.PI * x) / (Math.PI * x);
