import { expect, test } from 'vitest';
import { parseByteRange } from '../../../src/audition/protocol/byte-range.ts';

// The examples of RFC 9110 clause 14.1.2, of a resource of 10000 bytes.
test.each([
  ['bytes=0-499', { start: 0, end: 499 }],
  ['bytes=500-999', { start: 500, end: 999 }],
  ['bytes=-500', { start: 9500, end: 9999 }],
  ['bytes=9500-', { start: 9500, end: 9999 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=9999-20000', { start: 9999, end: 9999 }],
  ['Bytes=0-499', { start: 0, end: 499 }],
  ['bytes=-20000', { start: 0, end: 9999 }],
])('%s', (header, range) => {
  expect(parseByteRange(header, 10_000)).toEqual(range);
});

test('what lies behind the end cannot be satisfied', () => {
  expect(parseByteRange('bytes=10000-', 10_000)).toBe('unsatisfiable');
  expect(parseByteRange('bytes=-0', 10_000)).toBe('unsatisfiable');
  expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable');
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=0-1,5-6', 'frames=0-1', 'bytes=a-b'])(
  '%s gives all',
  (header) => {
    expect(parseByteRange(header, 10_000)).toBe('whole');
  },
);
