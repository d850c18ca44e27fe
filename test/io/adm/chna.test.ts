import { expect, test } from 'vitest';
import { formatChna, parseChna, type ChnaEntry } from '../../../src/io/adm/chna.ts';

const entries: ChnaEntry[] = [
  { trackIndex: 1, uid: 'ATU_00000001', formatRef: 'AT_00031001_01', packRef: 'AP_00031001' },
  { trackIndex: 2, uid: 'ATU_00000002', formatRef: 'AC_00010003_00', packRef: '' },
];

test('entries lie as BS.2088 has them', () => {
  const bytes = formatChna(entries);
  expect(bytes).toHaveLength(84);
  expect(Buffer.from(bytes).toString('latin1')).toBe(
    '\x02\0\x02\0\x01\0ATU_00000001AT_00031001_01AP_00031001\0\x02\0ATU_00000002AC_00010003_00' +
      '\0'.repeat(12),
  );
  expect(parseChna(bytes, 'mix.wav')).toEqual(entries);
});

test('spare entries and bytes behind the last one do not count', () => {
  const bytes = new Uint8Array(4 + 3 * 40 + 6);
  bytes.set(formatChna(entries));
  bytes[2] = 3;
  expect(parseChna(bytes, 'mix.wav')).toEqual(entries);
});

test('a chunk that is too short says what it lacks', () => {
  expect(() => parseChna(formatChna(entries).subarray(0, 83), 'mix.wav')).toThrow(
    /mix.wav: chunk chna lists 2 track UIDs, which take 84 bytes; it has 83/,
  );
  expect(() => parseChna(new Uint8Array(3), 'mix.wav')).toThrow(/at least 4/);
});
