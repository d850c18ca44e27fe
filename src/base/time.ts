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

/** Sum of two exact times. */
export function addRational(a: RationalSeconds, b: RationalSeconds): RationalSeconds {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** -1, 0 or 1 as a is before, at or after b. */
export function compareRational(a: RationalSeconds, b: RationalSeconds): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** First sample at or after an exact time (BS.2127-1 clause 6.2: the ceiling). */
export function rationalToSamplesCeil(time: RationalSeconds, sampleRateHz: number): number {
  const scaled = time.numerator * BigInt(sampleRateHz);
  const quotient = scaled / time.denominator;
  return Number(scaled % time.denominator > 0n ? quotient + 1n : quotient);
}

/** Exact time as a floating-point number of seconds. */
export const rationalToSec = (time: RationalSeconds): number =>
  Number(time.numerator) / Number(time.denominator);
