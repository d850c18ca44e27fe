import { expect, test } from 'vitest';
import {
  ambisonicOrderOf,
  inferChannels,
  layoutOfLabels,
  saysAmbisonic,
} from '../../../src/io/stems/infer-channels.ts';

test.each([
  ['song.ambix3.wav', true],
  ['Hall_FOA.wav', true],
  ['room 3oa.wav', true],
  ['take.amb', true],
  ['ambient pad.wav', false],
  ['Ambience.wav', false],
  ['coral.wav', false],
])('%s says ambisonics: %s', (name, expected) => expect(saysAmbisonic(name)).toBe(expected));

test('orders by channel count', () => {
  expect([1, 4, 9, 16, 17, 64, 81].map(ambisonicOrderOf)).toEqual([
    undefined,
    1,
    2,
    3,
    undefined,
    7,
    undefined,
  ]);
});

test.each([
  ['bed_7.1.2.wav', 10, '2+7+0', 'name'],
  ['bed_712.wav', 10, '2+7+0', 'name'],
  ['bed 2+7+0.wav', 10, '2+7+0', 'name'],
  ['bed_7.1.4.wav', 10, '4+5+0', 'channel count'],
  ['take 712345.wav', 10, '4+5+0', 'channel count'],
])('%s: %d channels are %s', (file, channelCount, layout, saidBy) => {
  expect(inferChannels({ file, channelCount })).toMatchObject({
    kind: 'bed',
    layout: { name: layout },
    saidBy,
  });
});

test('the mask comes before the name', () => {
  const channelLabels = ['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110'];
  const inferred = inferChannels({ file: 'x.wav', channelCount: 6, channelLabels });
  expect(inferred).toMatchObject({ kind: 'bed', saidBy: 'mask', labels: channelLabels });
  expect(layoutOfLabels(channelLabels)?.name).toBe('0+5+0');
  expect(inferChannels({ file: 'x.wav', channelCount: 13 })).toBeUndefined();
});

test('B-format files are FuMa', () => {
  expect(inferChannels({ file: 'x.amb', channelCount: 4 })).toMatchObject({
    order: 1,
    normalization: 'FuMa',
  });
  expect(inferChannels({ file: 'x_N3D.wav', channelCount: 4 })).toMatchObject({ normalization: 'N3D' });
});

test('two channels more than ambisonics has are a head-locked pair, if the name says ambisonics', () => {
  for (const [channelCount, order] of [
    [6, 1],
    [11, 2],
    [18, 3],
    [66, 7],
  ] as const)
    expect(inferChannels({ file: `song.ambix${order}.wav`, channelCount })).toMatchObject({
      kind: 'ambisonic',
      order,
      isHeadLocked: true,
    });
  expect(inferChannels({ file: 'song.wav', channelCount: 6 })).toMatchObject({ kind: 'bed' });
  expect(inferChannels({ file: 'song.ambix3.wav', channelCount: 17 })).toBeUndefined();
  expect(inferChannels({ file: 'song.ambix3-n3d.wav', channelCount: 16 })).toMatchObject({
    normalization: 'N3D',
    isHeadLocked: false,
  });
});
