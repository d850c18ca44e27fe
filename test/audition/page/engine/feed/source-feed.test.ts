import { expect, test } from 'vitest';
import { SourceFeed } from '../../../../../src/audition/page/engine/feed/source-feed.ts';
import {
  createRing,
  readableFrames,
  readPlanar,
} from '../../../../../src/audition/page/engine/stream/ring.ts';
import type { Timeline } from '../../../../../src/audition/page/engine/stream/timeline.ts';

const sampleRateHz = 1000;
const capacityFrames = 1024;

/** A feed of a source whose frame n holds the value n. */
function feedOf(frameCount: number) {
  const ring = createRing(1, capacityFrames);
  const world = {
    playPosition: 0,
    asked: [] as number[],
    problems: [] as (string | undefined)[],
    fails: false,
  };
  const feed: SourceFeed = new SourceFeed({
    ring,
    frameCount,
    sampleRateHz,
    fetchFrames: async (first, count) => {
      world.asked.push(count);
      if (world.fails) throw new Error('gone');
      return Float32Array.from({ length: count }, (_, i) => first + i);
    },
    playPosition: () => world.playPosition,
    onWritten: () => feed.pump(),
    onProblem: (message) => world.problems.push(message),
  });
  /** All that can be read from a position on. */
  const held = (position: number): number[] => {
    const planes = [new Float32Array(readableFrames(ring, position))];
    readPlanar(ring, position, planes, planes[0]!.length);
    return [...planes[0]!];
  };
  return { feed, ring, world, held };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const timelineAt = (startPosition: number, startFrame: number, loop?: Timeline['loop']): Timeline => ({
  startPosition,
  startFrame,
  frameCount: 5000,
  loop,
});

test('silence before the programme and behind the source, its frames between', async () => {
  const { feed, held } = feedOf(300);
  feed.restart(timelineAt(70, -20));
  feed.pump();
  await settled();
  const frames = held(70);
  expect(frames.slice(0, 20)).toEqual(Array(20).fill(0));
  expect(frames.slice(20, 320)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  expect(new Set(frames.slice(320))).toEqual(new Set([0]));
});

test('little is asked for at first, and no more than three quarters of the ring', async () => {
  const { feed, held, world } = feedOf(5000);
  feed.restart(timelineAt(0, 0));
  feed.pump();
  await settled();
  expect(world.asked[0]).toBe(100);
  expect(held(0).length).toBeLessThanOrEqual(0.75 * capacityFrames);
  const before = held(0).length;
  world.playPosition = 400;
  feed.pump();
  await settled();
  expect(held(400)[0]).toBe(400);
  expect(400 + held(400).length).toBeGreaterThan(before);
});

test('a loop is written without a gap', async () => {
  const { feed, held } = feedOf(5000);
  feed.restart(timelineAt(0, 400, { startFrame: 380, endFrame: 420 }));
  feed.pump();
  await settled();
  expect(held(0).slice(0, 100)).toEqual(
    Array.from({ length: 100 }, (_, i) => (i < 20 ? 400 + i : 380 + ((i - 20) % 40))),
  );
});

test('a change behind what is played gives up only what comes later', async () => {
  const { feed, held } = feedOf(5000);
  const start = timelineAt(0, 0);
  feed.restart(start);
  feed.pump();
  await settled();
  feed.follow({ ...start, loop: { startFrame: 0, endFrame: 150 } }, 150);
  expect(held(0)).toHaveLength(150);
  feed.pump();
  await settled();
  expect(held(0).slice(148, 153)).toEqual([148, 149, 0, 1, 2]);
});

test('what came too late is skipped', async () => {
  const { feed, held, world } = feedOf(5000);
  feed.restart(timelineAt(0, 0));
  world.playPosition = 250;
  feed.pump();
  await settled();
  expect(held(250)[0]).toBe(250);
});

test('a problem is told, and that it is over', async () => {
  const { feed, held, world } = feedOf(5000);
  world.fails = true;
  feed.restart(timelineAt(0, 0));
  feed.pump();
  await settled();
  expect(world.problems).toEqual(['gone']);
  world.fails = false;
  await new Promise((done) => setTimeout(done, 1050));
  expect(world.problems).toEqual(['gone', undefined]);
  expect(held(0)[7]).toBe(7);
  feed.close();
});
