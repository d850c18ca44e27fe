import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dbmdChecksum, formatDbmd, parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { realDbmd } from './real-masters.ts';

test('the checksum makes the sum of size and payload zero', () => {
  expect(dbmdChecksum(Uint8Array.of(1, 2, 3))).toBe(256 - 9);
  expect(dbmdChecksum(new Uint8Array(256))).toBe(0);
});

test('real chunks: segments 7, 9 and 10 with right checksums, and the same bytes back', (context) => {
  for (const index of [0, 1, 2]) {
    const bytes = realDbmd(context, index);
    const dbmd = parseDbmd(bytes, 'real.wav');
    expect(dbmd.version).toBe(0x01000006);
    expect(dbmd.segments.map(({ id, payload }) => [id, payload.length])).toEqual([
      [7, 96],
      [9, 248],
      [10, 146],
    ]);
    expect(dbmd.segments.every(({ wrongChecksum }) => wrongChecksum === undefined)).toBe(true);
    expect(dbmd.trailing).toHaveLength(2);
    expect(Buffer.from(formatDbmd(dbmd)).equals(bytes)).toBe(true);
  }
});

test('any segments come back as they were, wrong checksums too', () => {
  const segment = fc.record({
    id: fc.integer({ min: 1, max: 255 }),
    payload: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), fc.nat(255), (segments, checksum) => {
      const bytes = formatDbmd({ version: 0x01000007, segments, trailing: new Uint8Array(3) });
      if (segments.length > 0) bytes[segments[0]!.payload.length + 7] = checksum;
      expect(formatDbmd(parseDbmd(bytes, 'x.wav'))).toEqual(bytes);
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('a segment beyond the end of the chunk', () => {
  const bytes = formatDbmd({
    version: 1,
    segments: [{ id: 9, payload: new Uint8Array(8) }],
    trailing: new Uint8Array(),
  });
  expect(() => parseDbmd(bytes.subarray(0, 15), 'x.wav')).toThrow(
    /x.wav: chunk dbmd is damaged: segment 9 ends at byte 16 of 15/,
  );
  expect(() => parseDbmd(bytes.subarray(0, 2), 'x.wav')).toThrow(/at least 4/);
});
