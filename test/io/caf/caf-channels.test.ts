import { expect, test } from 'vitest';
import { parseCafChannels } from '../../../src/io/caf/caf-channels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { chan } from './caf-bytes.ts';

const labelsOf = (layout: string): string[] => getLayout(layout).loudspeakers.map(({ label }) => label);
const labels = (bytes: Uint8Array, count: number) => {
  const found = parseCafChannels(bytes, count);
  return found?.kind === 'labels' ? found.labels : undefined;
};

test.each([
  [101, '2.0', 2],
  [121, '5.1', 6],
  [128, '7.1', 8],
  [192, '7.1.4', 12],
  [194, '5.1.2', 8],
  [195, '5.1.4', 10],
  [196, '7.1.2', 10],
] as const)('layout tag %i is %s in the order of BS.2051', (tag, layout, count) => {
  expect(labels(chan((tag << 16) | count), count)).toEqual(labelsOf(layout));
});

test('tags in other orders name the same loudspeakers', () => {
  for (const tag of [122, 123, 124])
    expect([...labels(chan((tag << 16) | 6), 6)!].sort()).toEqual(labelsOf('5.1').sort());
  expect([...labels(chan((193 << 16) | 16), 16)!].sort()).toEqual(labelsOf('9.1.6').sort());
});

test('a bitmap is a WAVE mask', () => {
  expect(labels(chan(1 << 16, 0x3f), 6)).toEqual(labelsOf('5.1'));
});

test('descriptions mean what they mean in the layout that has them all', () => {
  expect(labels(chan(0, 0, [1, 3, 2, 5, 6, 4]), 6)).toEqual([
    'M+030',
    'M+000',
    'M-030',
    'M+110',
    'M-110',
    'LFE1',
  ]);
  expect(labels(chan(0, 0, [1, 2, 3, 4, 10, 11, 33, 34, 13, 15, 16, 18]), 12)).toEqual(labelsOf('7.1.4'));
});

test('HOA_ACN_SN3D and HOA_ACN_N3D are ambisonics', () => {
  expect(parseCafChannels(chan((190 << 16) | 16), 16)).toEqual({ kind: 'ambisonic', normalization: 'SN3D' });
  expect(parseCafChannels(chan((191 << 16) | 4), 4)).toEqual({ kind: 'ambisonic', normalization: 'N3D' });
});

test('what does not name every channel says nothing', () => {
  expect(parseCafChannels(chan((121 << 16) | 6), 5)).toBeUndefined();
  expect(parseCafChannels(chan((999 << 16) | 6), 6)).toBeUndefined();
  expect(parseCafChannels(chan(0, 0, [1, 1]), 2)).toBeUndefined();
  expect(parseCafChannels(chan(0, 0, [1, 2]).subarray(0, 40), 2)).toBeUndefined();
  expect(parseCafChannels(new Uint8Array(8), 2)).toBeUndefined();
});
