import { FormatError } from '../../base/errors.ts';
import type { RationalSeconds } from '../../base/time.ts';
import { gainToDb } from '../../base/units.ts';
import { childOf, type XmlNode } from './xml-tree.ts';

/** Where a value stands, for messages. */
export interface Place {
  readonly file: string;
  /** "AB_00031001_00000002". */
  readonly path: string;
}

/** Makes the error for a value that cannot be. */
export const valueError = (place: Place, what: string, found: string, allowed: string): FormatError =>
  new FormatError(
    'adm-value',
    `${place.file}: ${place.path}: ${what} is "${found.slice(0, 60)}"; allowed: ${allowed}`,
    {
      file: place.file,
      path: place.path,
      chunk: 'axml',
    },
  );

/** A finite number, in a range if there is one. @throws FormatError 'adm-value' */
export function parseNumber(
  text: string,
  what: string,
  place: Place,
  min = -Infinity,
  max = Infinity,
): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  const range = min > -Infinity || max < Infinity ? `a number from ${min} to ${max}` : 'a number';
  throw valueError(place, what, text, range);
}

/** Number in a child element; undefined where there is none. */
export function childNumber(
  node: XmlNode,
  name: string,
  place: Place,
  min?: number,
  max?: number,
): number | undefined {
  const child = childOf(node, name);
  return child && parseNumber(child.text, name, place, min, max);
}

/** "1" or "true"; false where the child element is missing. */
export function childFlag(node: XmlNode, name: string): boolean {
  return isTrue(childOf(node, name)?.text);
}

/** Whether a text says yes. */
export const isTrue = (text: string | undefined): boolean => text === '1' || text?.toLowerCase() === 'true';

/** Gain of a `gain` child in dB: linear unless its unit says dB; 0 dB where there is none. BS.2076-2 clause 10. */
export function childGainDb(node: XmlNode, place: Place): number {
  const child = childOf(node, 'gain');
  if (!child) return 0;
  if (child.attributes.gainUnit?.toLowerCase() === 'db') {
    if (/^-inf(inity)?$/i.test(child.text)) return -Infinity;
    return parseNumber(child.text, 'gain', place, -Infinity, maxGainDb);
  }
  return gainToDb(parseNumber(child.text, 'gain', place, 0, 10 ** (maxGainDb / 20)));
}

/** More than this is a mistake. */
const maxGainDb = 120;

/**
 * Exact time of "hh:mm:ss.fffff", or with "Sn" behind it the fraction as a count of 1/n seconds.
 * BS.2076-2 clause 5.4.1. @throws FormatError 'adm-value'
 */
export function parseTime(text: string, what: string, place: Place): RationalSeconds {
  const match = /^(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,12})(?:S(\d{1,9}))?)?$/.exec(text.trim());
  if (!match) throw valueError(place, what, text, 'a time as in 00:00:10.50000 or 00:00:10.24000S48000');
  const [, hours, minutes, seconds, fraction = '0', count] = match;
  const wholeSec = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const parts = count === undefined ? 10 ** fraction.length : Number(count);
  if (parts === 0) throw valueError(place, what, text, 'a fraction of at least 1 part');
  // Whole numbers below 2^53 are exact as numbers, and much faster.
  const numerator = wholeSec * parts + Number(fraction);
  if (Number.isSafeInteger(numerator)) return timeOf(numerator, parts);
  const denominator = BigInt(parts);
  return { numerator: BigInt(wholeSec) * denominator + BigInt(fraction), denominator };
}

/** Most times of one denominator that are remembered. */
const mostShared = 1 << 16;

/** Times by numerator under the denominators of nearly all of them: objects move on one grid, so most are shared. */
const sharedTimes: ReadonlyMap<
  number,
  { readonly denominator: bigint; times: Map<number, RationalSeconds> }
> = new Map(
  [10, 1_000, 100_000, 1_000_000, 44_100, 48_000, 88_200, 96_000].map((parts) => [
    parts,
    { denominator: BigInt(parts), times: new Map() },
  ]),
);

function timeOf(numerator: number, parts: number): RationalSeconds {
  const shared = sharedTimes.get(parts);
  if (!shared) return { numerator: BigInt(numerator), denominator: BigInt(parts) };
  let time = shared.times.get(numerator);
  if (!time) {
    if (shared.times.size >= mostShared) shared.times.clear();
    shared.times.set(numerator, (time = { numerator: BigInt(numerator), denominator: shared.denominator }));
  }
  return time;
}

/** Exact time of an attribute; undefined where it is missing. */
export function attributeTime(node: XmlNode, name: string, place: Place): RationalSeconds | undefined {
  const text = node.attributes[name];
  return text === undefined ? undefined : parseTime(text, name, place);
}

/** One spelling of an ID: they are compared without regard to case. */
export const normalizeId = (id: string): string => id.trim().toUpperCase();
