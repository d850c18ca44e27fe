import { expect, test } from 'vitest';
import { ArmedSources } from '../../../../src/audition/page/engine/armed-sources.ts';
import type { FeederMessage } from '../../../../src/audition/page/engine/feed/feeder-messages.ts';
import { planOutputs } from '../../../../src/audition/page/engine/playback/output-table.ts';
import type { PlayerMessage } from '../../../../src/audition/page/engine/playback/player-messages.ts';
import { sessionOf, sourceOf } from './session-of.ts';

/** Sources of a session of eight. */
function armedOf() {
  const session = sessionOf([
    sourceOf('7.1.4 a', { kind: 'loudspeakers', layout: '7.1.4', channelCount: 12 }),
    ...[1, 2, 3, 4, 5, 6, 7].map((n) => sourceOf(`stereo ${n}`)),
  ]);
  const toPlayer: PlayerMessage[] = [];
  const toFeeder: FeederMessage[] = [];
  const armed = new ArmedSources({
    session,
    table: planOutputs(session),
    capacityFrames: 4096,
    base: 'http://localhost:1/token/',
    toPlayer: (message) => toPlayer.push(message),
    toFeeder: (message) => toFeeder.push(message),
  });
  return { armed, toPlayer, toFeeder };
}

test('player and feeder share a ring; what is decoded is read ahead', () => {
  const { armed, toPlayer, toFeeder } = armedOf();
  armed.arm(0);
  armed.arm(0);
  armed.arm(1);
  expect(toPlayer).toMatchObject([
    { type: 'arm', source: 0, channelCount: 12, output: 1, gain: 1 },
    { type: 'arm', source: 1, channelCount: 2, output: 0, gain: 1 },
  ]);
  expect(toFeeder[0]).toMatchObject({
    source: { audio: 'http://localhost:1/token/api/sources/7.1.4%20a/audio', label: '7.1.4 a' },
  });
  const memoryOf = (message: unknown): unknown => (message as { memory: unknown }).memory;
  expect(memoryOf(toPlayer[0])).toBe(memoryOf((toFeeder[0] as { source: unknown }).source));
});

test('gains hold for what is armed and for what will be', () => {
  const { armed, toPlayer } = armedOf();
  armed.setGain(3, 0.5);
  expect(toPlayer).toEqual([]);
  armed.arm(3);
  expect(toPlayer.at(-1)).toMatchObject({ type: 'arm', gain: 0.5 });
  armed.setGain(3, 0.25);
  expect(toPlayer.at(-1)).toEqual({ type: 'gain', source: 3, gain: 0.25 });
});

test('the source that was not asked for the longest goes when there are too many', () => {
  const { armed, toPlayer, toFeeder } = armedOf();
  [0, 1, 2, 3, 4, 5, 0, 6].forEach((source) => armed.arm(source));
  expect(toPlayer.filter(({ type }) => type === 'disarm')).toEqual([{ type: 'disarm', source: 1 }]);
  expect(toFeeder.filter(({ type }) => type === 'disarm')).toEqual([{ type: 'disarm', source: 1 }]);
});
