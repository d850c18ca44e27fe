/**
 * An exact time in seconds as a ratio of integers, as ADM gives times. Numbers from JSON are taken as the
 * decimal fraction that they print as.
 */
export interface RationalSeconds {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Makes an exact time from a decimal number of seconds (0.1 means 1/10) or its text ("0.1", "2e-3"). */
export function rationalFromDecimal(value: number | string): RationalSeconds {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(String(value));
  if (!match || (match[2] === '' && !match[3])) throw new RangeError(`not a decimal number: ${value}`);
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText) - fraction.length;
  const digits = BigInt((whole || '0') + fraction) * (sign === '-' ? -1n : 1n);
  return exponent >= 0
    ? { numerator: digits * 10n ** BigInt(exponent), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-exponent) };
}

/** The same time in lowest terms. */
export function reduceRational({ numerator, denominator }: RationalSeconds): RationalSeconds {
  let [divisor, rest] = [denominator, numerator < 0n ? -numerator : numerator];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Sum of two exact times. */
export function addRational(a: RationalSeconds, b: RationalSeconds): RationalSeconds {
  // One source writes its times with one denominator: it stays as it is.
  if (a.denominator === b.denominator)
    return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** -1, 0 or 1 as a is before, at or after b. */
export function compareRational(a: RationalSeconds, b: RationalSeconds): number {
  const isSame = a.denominator === b.denominator;
  const left = isSame ? a.numerator : a.numerator * b.denominator;
  const right = isSame ? b.numerator : b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** First sample at or after an exact time (BS.2127-1 clause 6.2: the ceiling). */
export function rationalToSamplesCeil(time: RationalSeconds, sampleRateHz: number): number {
  // Whole numbers below 2^53 are exact as numbers, and much faster.
  const product = Number(time.numerator) * sampleRateHz;
  const denominator = Number(time.denominator);
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER && denominator <= Number.MAX_SAFE_INTEGER)
    return (product - (product % denominator)) / denominator + (product % denominator > 0 ? 1 : 0);
  const scaled = time.numerator * BigInt(sampleRateHz);
  const quotient = scaled / time.denominator;
  return Number(scaled % time.denominator > 0n ? quotient + 1n : quotient);
}

/** Exact time as a floating-point number of seconds. */
export const rationalToSec = (time: RationalSeconds): number =>
  Number(time.numerator) / Number(time.denominator);
