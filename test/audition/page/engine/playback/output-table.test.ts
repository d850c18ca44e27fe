import { expect, test } from 'vitest';
import {
  commonDelaySamples,
  delaySamplesOf,
  headLockedChannel,
  planOutputs,
  playedChannelCount,
} from '../../../../../src/audition/page/engine/playback/output-table.ts';
import { sessionOf, sourceOf } from '../session-of.ts';

const session = sessionOf([
  sourceOf('binaural', { kind: 'binaural' }),
  sourceOf('7.1.4', { kind: 'loudspeakers', layout: '7.1.4', channelCount: 12 }),
  sourceOf('stereo'),
  sourceOf('ambix5', { kind: 'ambisonics', order: 5, channelCount: 36 }),
  sourceOf('scene', { kind: 'scene', channelCount: 20 }),
  sourceOf('ambix1', { kind: 'ambisonics', order: 1, channelCount: 4 }),
]);

test('what is decoded alike shares an output; orders above the third join it', () => {
  const { outputs, outputOf } = planOutputs(session);
  expect(outputOf).toEqual([0, 1, 0, 2, 2, 3]);
  expect(outputs.map(({ kind, channelCount }) => [kind, channelCount])).toEqual([
    ['direct', 2],
    ['loudspeakers', 12],
    ['ambisonics', 16],
    ['ambisonics', 4],
  ]);
});

test('of a scene the rendered channels are played, of files their own', () => {
  expect(session.sources.map(playedChannelCount)).toEqual([2, 12, 2, 36, 18, 4]);
});

test('a pair behind ambisonics is known by its two channels; other sources have none', () => {
  expect(session.sources.map(headLockedChannel)).toEqual([
    Infinity,
    Infinity,
    Infinity,
    Infinity,
    16,
    Infinity,
  ]);
  const pairAt = (order: number, channelCount: number): number =>
    headLockedChannel(sourceOf('a', { kind: 'ambisonics', order, channelCount }));
  expect([pairAt(1, 6), pairAt(2, 11), pairAt(3, 18), pairAt(3, 16)]).toEqual([4, 9, 16, Infinity]);
});

test('filters are made as late as the latest', () => {
  const [hrtf] = session.hrtfs;
  expect(commonDelaySamples(session)).toBe(96);
  expect(planOutputs(session).outputs.map((output) => delaySamplesOf(output, hrtf!))).toEqual([
    0, 40, 96, 96,
  ]);
  expect(commonDelaySamples({ ...session, hrtfs: [] })).toBe(0);
});
