import { expect, test } from 'vitest';
import {
  formatDecimal,
  formatTicks,
  formatTime,
  formatLongXmlNode,
  formatXmlNode,
  hexDigits,
  xmlNode,
} from '../../../src/io/adm/format-values.ts';
import { parseTime } from '../../../src/io/adm/adm-values.ts';

test('times have five decimals where these are exact, else a fraction; both are read back exactly', () => {
  expect(formatTicks(372_350_001)).toBe('01:02:03.50001');
  expect(formatTime({ numerator: 21n, denominator: 2n })).toBe('00:00:10.50000');
  const sample = { numerator: 48_001n, denominator: 48_000n };
  expect(formatTime(sample)).toBe('00:00:01.1S48000');
  expect(parseTime(formatTime(sample), 'rtime', { file: 'a', path: 'b' })).toEqual(sample);
  expect(formatTime({ numerator: 1n, denominator: 3_000_000_000n })).toBe('00:00:00.00000');
});

test('numbers have no exponent', () => {
  expect([0, -0, 0.1, 1e-7, -2.5e-8, 360].map(formatDecimal)).toEqual([
    '0',
    '0',
    '0.1',
    '0.0000001',
    '-0.000000025',
    '360',
  ]);
  expect([hexDigits(0x100b), hexDigits(1, 8)]).toEqual(['100b', '00000001']);
});

test('elements are indented, escaped, and free of what is undefined', () => {
  const node = xmlNode('a', { one: '<1>', two: undefined }, [xmlNode('b', {}, 'x & y'), xmlNode('c', {})]);
  const further = [{ name: 'd', attributes: {}, children: [], text: '' }];
  expect([...formatLongXmlNode(node, 1, further)].join('')).toBe(
    formatXmlNode({ ...node, children: [...node.children, ...further] }, 1),
  );
  expect(formatXmlNode(node, 1)).toBe('\t<a one="&lt;1&gt;">\n\t\t<b>x &amp; y</b>\n\t\t<c/>\n\t</a>\n');
});
