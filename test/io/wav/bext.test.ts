import { describe, expect, test } from 'vitest';
import { bextFixedBytes, formatBext, parseBext, type Bext } from '../../../src/io/wav/bext.ts';

const bext: Bext = {
  description: 'mix 7.1.4',
  originator: 'periphon',
  originatorReference: 'ref-1',
  originationDate: '2026-01-02',
  originationTime: '03:04:05',
  timeReferenceSamples: 2 ** 40,
  umid: Uint8Array.from({ length: 64 }, (_, index) => index),
  integratedLufs: -18.02,
  loudnessRangeLu: 7.5,
  truePeakMaxDbtp: -1,
  momentaryMaxLufs: -12.34,
  shortTermMaxLufs: -14,
  codingHistory: 'A=PCM,F=48000\r\n',
};

test('what is written is read again', () => {
  expect(parseBext(formatBext(bext))).toEqual(bext);
  expect(parseBext(formatBext(bext, 1000))).toEqual(bext);
});

describe('fields lie where EBU Tech 3285 puts them', () => {
  const bytes = Buffer.from(formatBext(bext));
  test.each([
    ['originator', bytes.toString('latin1', 256, 264), 'periphon'],
    ['date and time', bytes.toString('latin1', 320, 338), '2026-01-0203:04:05'],
    ['time reference', bytes.readBigUInt64LE(338), 2n ** 40n],
    ['version', bytes.readUInt16LE(346), 2],
    ['UMID', bytes[348 + 63], 63],
    ['loudness', bytes.readInt16LE(412), -1802],
    ['range', bytes.readInt16LE(414), 750],
    ['true peak', bytes.readInt16LE(416), -100],
    ['momentary', bytes.readInt16LE(418), -1234],
    ['short term', bytes.readInt16LE(420), -1400],
    ['history', bytes.toString('latin1', 602), 'A=PCM,F=48000\r\n'],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

test('silence and what was not measured are absent', () => {
  const { integratedLufs, truePeakMaxDbtp } = parseBext(
    formatBext({ ...bext, integratedLufs: -Infinity, truePeakMaxDbtp: undefined }),
  )!;
  expect([integratedLufs, truePeakMaxDbtp]).toEqual([undefined, undefined]);
});

test('version 1 has no loudness, a short chunk is none', () => {
  const bytes = formatBext(bext);
  bytes[346] = 1;
  expect(parseBext(bytes)?.integratedLufs).toBeUndefined();
  expect(parseBext(bytes.subarray(0, bextFixedBytes - 1))).toBeUndefined();
});

test('long and foreign text is cut and replaced', () => {
  const { description } = parseBext(formatBext({ ...bext, description: `é${'x'.repeat(300)}` }))!;
  expect(description).toBe(`?${'x'.repeat(255)}`);
});
