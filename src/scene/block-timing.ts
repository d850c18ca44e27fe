import { addRational, compareRational, rationalFromDecimal, reduceRational } from '../base/time.ts';
import type { RationalSeconds } from '../base/time.ts';

/** Time zero. */
export const zeroSec: RationalSeconds = { numerator: 0n, denominator: 1n };

/** Exact time of a document's seconds: a number means the decimal it prints as, text is a fraction "a/b". */
export function exactSeconds(seconds: number | string): RationalSeconds {
  const [numerator, denominator] = String(seconds).split('/');
  return denominator === undefined
    ? rationalFromDecimal(seconds)
    : { numerator: BigInt(numerator ?? '0'), denominator: BigInt(denominator) };
}

/** Longest numerator or denominator that documents may have. */
const maxDigits = 30;

/**
 * An exact time as documents write it: a number where that means the very same time, else a fraction in lowest terms;
 * the nearest nanosecond where the fraction has too many digits.
 */
export function formatSeconds(time: RationalSeconds): number | string {
  const { numerator: top, denominator: bottom } = reduceRational(time);
  const asNumber = Number(top) / Number(bottom);
  const isExact = asNumber <= 1e6 && compareRational(exactSeconds(asNumber), time) === 0;
  if (isExact) return asNumber;
  if (Math.max(String(top).length, String(bottom).length) <= maxDigits) return `${top}/${bottom}`;
  return formatSeconds({ numerator: (top * 10n ** 9n + bottom / 2n) / bottom, denominator: 10n ** 9n });
}

/** a - b of two exact times. */
export const subtractRational = (a: RationalSeconds, b: RationalSeconds): RationalSeconds =>
  addRational(a, { numerator: -b.numerator, denominator: b.denominator });

/** Exact start and length of a block; without a length it lasts to the end of the scene. */
export interface BlockTime {
  readonly startSec: RationalSeconds;
  readonly durationSec: RationalSeconds | undefined;
}

/** The times that a block of a document states. */
export interface StatedTime {
  readonly startSec?: number | string | undefined;
  readonly durationSec?: number | string | undefined;
}

/**
 * Start and length of every block of an object. A block without a start begins where the one before it ends;
 * a block without a length lasts to the start of the next, and the last one to the end of the scene.
 */
export function blockTimes(blocks: readonly (StatedTime | undefined)[]): BlockTime[] {
  const times: BlockTime[] = [];
  let follows = zeroSec;
  for (const [index, block] of blocks.entries()) {
    const startSec = block?.startSec === undefined ? follows : exactSeconds(block.startSec);
    const nextStart = blocks[index + 1]?.startSec;
    const durationSec =
      block?.durationSec !== undefined
        ? exactSeconds(block.durationSec)
        : nextStart !== undefined
          ? subtractRational(exactSeconds(nextStart), startSec)
          : undefined;
    times.push({ startSec, durationSec });
    follows = durationSec ? addRational(startSec, durationSec) : startSec;
  }
  return times;
}
