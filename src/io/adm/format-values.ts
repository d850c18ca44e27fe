import { reduceRational, type RationalSeconds } from '../../base/time.ts';
import type { XmlNode } from './xml-tree.ts';
import { escapeXml } from '../../base/xml-text.ts';

/** How ADM documents spell numbers, times, IDs and elements. */

/** Parts of a second of times with five decimals. */
export const ticksPerSec = 100_000;

/** "00:01:02.50000" of a time in 1/100000 s. BS.2076-2 clause 5.4.1. */
export function formatTicks(ticks: number): string {
  const seconds = Math.floor(ticks / ticksPerSec);
  return `${clock(BigInt(seconds))}.${String(ticks % ticksPerSec).padStart(5, '0')}`;
}

/** Exact time: with five decimals where these do, else as a count of parts of a second: "00:00:00.1S48000". */
export function formatTime(time: RationalSeconds): string {
  const { numerator, denominator } = reduceRational(time);
  const perSec = BigInt(ticksPerSec);
  if (perSec % denominator === 0n) return formatTicks(Number((numerator * perSec) / denominator));
  // No more than nine digits are allowed; what is finer than that is no time of a sample.
  if (denominator > maxDenominator)
    return formatTicks(Math.round(Number(time.numerator * perSec) / Number(time.denominator)));
  return `${clock(numerator / denominator)}.${numerator % denominator}S${denominator}`;
}

const maxDenominator = 999_999_999n;

function clock(seconds: bigint): string {
  const two = (value: bigint): string => String(value).padStart(2, '0');
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
}

/** A number without an exponent, as short as it can be read back. */
export function formatDecimal(value: number): string {
  const text = String(value === 0 ? 0 : value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Digits of an ID in lower case, as studio masters have them: "100b". */
export const hexDigits = (value: number, length = 4): string => value.toString(16).padStart(length, '0');

/** ID of a block of a channel: "AB_00031001_00000001". @param index from 0 */
export const blockIdOf = (channelId: string, index: number): string =>
  `${channelId.replace('AC', 'AB')}_${hexDigits(index + 1, 8)}`;

/** Makes an element; attributes that are undefined are left out. */
export function xmlNode(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content: readonly XmlNode[] | string = [],
): XmlNode {
  const stated = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const isText = typeof content === 'string';
  return {
    name,
    attributes: Object.fromEntries(stated),
    children: isText ? [] : content,
    text: isText ? content : '',
  };
}

/** Text of an element and all in it, a line each, indented by tabs. */
export function formatXmlNode({ name, attributes, children, text }: XmlNode, depth: number): string {
  const indent = '\t'.repeat(depth);
  const stated = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  if (children.length === 0 && text === '') return `${indent}<${name}${stated}/>\n`;
  if (children.length === 0) return `${indent}<${name}${stated}>${escapeXml(text)}</${name}>\n`;
  const inner = children.map((child) => formatXmlNode(child, depth + 1)).join('');
  return `${indent}<${name}${stated}>${escapeXml(text)}\n${inner}${indent}</${name}>\n`;
}
