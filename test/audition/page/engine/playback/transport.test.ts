import { expect, test } from 'vitest';
import type { FeederMessage } from '../../../../../src/audition/page/engine/feed/feeder-messages.ts';
import type { PlayerMessage } from '../../../../../src/audition/page/engine/playback/player-messages.ts';
import { Transport } from '../../../../../src/audition/page/engine/playback/transport.ts';
import {
  createSharedState,
  writePlayPoint,
} from '../../../../../src/audition/page/engine/stream/shared-state.ts';

const capacityFrames = 65536;

/** A transport of ten seconds, and a stand-in for the player. */
function transportOf() {
  const state = createSharedState(0);
  const toPlayer: PlayerMessage[] = [];
  const toFeeder: FeederMessage[] = [];
  const transport = new Transport({
    state,
    frameCount: 480000,
    sampleRateHz: 48000,
    capacityFrames,
    leadFrames: 96,
    toPlayer: (message) => toPlayer.push(message),
    toFeeder: (message) => toFeeder.push(message),
  });
  /** Takes up the last timeline and plays so many of its frames; the context is at the same frame. */
  const playFor = (frames: number): void => {
    const last = toPlayer.filter((message) => message.type === 'timeline').at(-1)!;
    writePlayPoint(state.marks, last.startPosition + frames, frames, last.timeline);
  };
  return { transport, state, toPlayer, toFeeder, playFor };
}

test('a seek is where it goes at once, and while it fades in before the frame', () => {
  const { transport, playFor } = transportOf();
  transport.seek(1000);
  expect(transport.frameAt(0)).toBe(1000);
  playFor(128);
  expect(transport.frameAt(128)).toBe(1000);
  playFor(96 + 256 + 500);
  expect(transport.frameAt(96 + 256 + 500)).toBe(1500);
});

test('what waits in the outputs is not heard yet; when nothing more comes the place holds', () => {
  const { transport, playFor } = transportOf();
  transport.seek(1000);
  playFor(96 + 256 + 5000);
  expect(transport.frameAt(96 + 256 + 5000 - 960)).toBe(6000 - 960);
  expect(transport.frameAt(96 + 256 + 5000 + 960)).toBe(6000);
});

test('every seek starts at a position that no ring has held', () => {
  const { transport, toPlayer, playFor } = transportOf();
  const starts: number[] = [];
  for (const frame of [0, 5, 480000, 99]) {
    transport.seek(frame);
    starts.push((toPlayer.at(-1) as { startPosition: number }).startPosition);
    playFor(1000);
  }
  starts.reduce((before, start) => {
    expect(start - before).toBeGreaterThan(2 * capacityFrames);
    return start;
  });
});

test('seeks stay inside the programme', () => {
  const { transport } = transportOf();
  transport.seek(-5);
  expect(transport.frameAt(0)).toBe(0);
  transport.seek(1e9);
  expect(transport.frameAt(0)).toBe(480000);
});

test('a loop whose end is far changes what comes later, and nothing that sounds', () => {
  const { transport, toFeeder, toPlayer, playFor } = transportOf();
  transport.seek(0);
  playFor(96 + 256 + 1000);
  toFeeder.length = toPlayer.length = 0;
  transport.setLoop({ startFrame: 500, endFrame: 40000 });
  const jumps = { firstPosition: 2.25 * capacityFrames + 96 + 256 + 40000, everyFrames: 39500 };
  expect(toPlayer).toEqual([{ type: 'end', endPosition: Infinity, jumps }]);
  expect(toFeeder).toMatchObject([{ type: 'follow', differsFrom: 2.25 * capacityFrames + 96 + 256 + 40000 }]);
  expect(transport.frameAt(96 + 256 + 1000)).toBe(1000);
  expect(transport.loop).toEqual({ startFrame: 500, endFrame: 40000 });
  transport.setLoop(undefined);
  const end = 2.25 * capacityFrames + 96 + 256 + 480000;
  expect(toPlayer.at(-1)).toEqual({ type: 'end', endPosition: end, jumps: undefined });
});

test('a loop whose end is near or behind starts anew', () => {
  const { transport, toPlayer, playFor } = transportOf();
  transport.seek(0);
  playFor(96 + 256 + 10000);
  transport.setLoop({ startFrame: 5000, endFrame: 12000 });
  expect(toPlayer.at(-1)!.type).toBe('timeline');
  expect(transport.frameAt(0)).toBe(10000);
  playFor(96 + 256);
  transport.setLoop({ startFrame: 100, endFrame: 5000 });
  expect(transport.frameAt(0)).toBe(100);
});

test('a loop is cut to the programme and no shorter than 50 ms', () => {
  const { transport } = transportOf();
  transport.setLoop({ startFrame: 100.4, endFrame: 200 });
  expect(transport.loop).toEqual({ startFrame: 100, endFrame: 2500 });
  transport.setLoop({ startFrame: 470000, endFrame: 1e9 });
  expect(transport.loop).toEqual({ startFrame: 470000, endFrame: 480000 });
  transport.setLoop({ startFrame: 479999, endFrame: 1e9 });
  expect(transport.loop).toBeUndefined();
});
