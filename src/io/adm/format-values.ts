import { reduceRational, type RationalSeconds } from '../../base/time.ts';
import type { XmlNode } from './xml-tree.ts';
import { escapeXml } from '../../base/xml-text.ts';

/** How ADM documents spell numbers, times, IDs and elements. */

/** Parts of a second of times with five decimals. */
export const ticksPerSec = 100_000;

/** "00:01:02.50000" of a time in 1/100000 s. BS.2076-2 clause 5.4.1. */
export function formatTicks(ticks: number): string {
  return `${clock(Math.floor(ticks / ticksPerSec))}.${String(ticks % ticksPerSec).padStart(5, '0')}`;
}

/** Exact time: with five decimals where these do, else as a count of parts of a second: "00:00:00.1S48000". */
export function formatTime(time: RationalSeconds): string {
  const { numerator, denominator } = reduceRational(time);
  const perSec = BigInt(ticksPerSec);
  if (perSec % denominator === 0n) return formatTicks(Number((numerator * perSec) / denominator));
  // No more than nine digits are allowed; what is finer than that is no time of a sample.
  if (denominator > maxDenominator)
    return formatTicks(Math.round(Number(time.numerator * perSec) / Number(time.denominator)));
  return `${clock(Number(numerator / denominator))}.${numerator % denominator}S${denominator}`;
}

const maxDenominator = 999_999_999n;

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
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
  content: readonly XmlNode[] | string = noChildren,
): XmlNode {
  const stated: Record<string, string> = {};
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value !== undefined) stated[key] = value;
  }
  const isText = typeof content === 'string';
  return { name, attributes: stated, children: isText ? noChildren : content, text: isText ? content : '' };
}

const noChildren: readonly XmlNode[] = Object.freeze([]);

/** Text of an element and all in it, a line each, indented by tabs. */
export function formatXmlNode(node: XmlNode, depth: number): string {
  const { name, children, text } = node;
  const start = startOf(node, depth);
  if (children.length === 0) {
    return text === '' ? `${start}/>\n` : `${start}>${escapeXml(text)}</${name}>\n`;
  }
  let inner = '';
  for (const child of children) inner += formatXmlNode(child, depth + 1);
  return `${start}>${escapeXml(text)}\n${inner}${'\t'.repeat(depth)}</${name}>\n`;
}

/** The same in pieces, for an element with very many more in it, which are made while they are written. */
export function* formatLongXmlNode(
  node: XmlNode,
  depth: number,
  further: Iterable<XmlNode>,
): Generator<string> {
  yield `${startOf(node, depth)}>\n`;
  for (const child of node.children) yield formatXmlNode(child, depth + 1);
  for (const child of further) yield formatXmlNode(child, depth + 1);
  yield `${'\t'.repeat(depth)}</${node.name}>\n`;
}

/** A start tag without its end. */
function startOf({ name, attributes }: XmlNode, depth: number): string {
  let text = `${'\t'.repeat(depth)}<${name}`;
  for (const key of Object.keys(attributes)) text += ` ${key}="${escapeXml(attributes[key]!)}"`;
  return text;
}
