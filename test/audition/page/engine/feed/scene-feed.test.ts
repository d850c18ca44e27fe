import { expect, test } from 'vitest';
import type { Processor } from '../../../../../src/base/processor.ts';
import { TrackGains } from '../../../../../src/audition/page/engine/feed/element-gains.ts';
import { SceneFeed } from '../../../../../src/audition/page/engine/feed/scene-feed.ts';
import {
  createRing,
  endRing,
  readableFrames,
  readPlanar,
  restartRing,
  writePlanar,
} from '../../../../../src/audition/page/engine/stream/ring.ts';
import { createSharedState, levelRow } from '../../../../../src/audition/page/engine/stream/shared-state.ts';
import { runAt, type Timeline } from '../../../../../src/audition/page/engine/stream/timeline.ts';

const sampleRateHz = 48000;
const latencySamples = 300;

/** Adds up its inputs, late; the first frame that comes out belongs to `startFrame`. */
function delayOf(): Processor {
  let line: number[] = Array(latencySamples).fill(0);
  return {
    inputChannelCount: 2,
    outputChannelCount: 1,
    latencySamples,
    process(input, output) {
      for (let i = 0; i < input.frameCount; i++) {
        line.push(input.channels[0]![i]! + input.channels[1]![i]!);
        output.channels[0]![i] = line.shift()!;
      }
    },
    reset: () => (line = Array(latencySamples).fill(0)),
  };
}

/** A feed whose first track holds the frame of the programme, the second 1000. */
function feedOf(timeline: Timeline) {
  const tracks = createRing(2, 65536);
  const output = createRing(1, 65536);
  const state = createSharedState(2);
  const made: number[] = [];
  const problems: (string | undefined)[] = [];
  const world = { playPosition: 0, failure: undefined as Error | undefined };
  const gains = new TrackGains([0, 1], [1, 0], sampleRateHz);
  const fill = (of: Timeline, from: number, count: number): void => {
    const planes = [
      Float32Array.from({ length: count }, (_, i) => Math.max(0, runAt(of, from + i).frame)),
      new Float32Array(count).fill(1000),
    ];
    writePlanar(tracks, from, planes, count);
    endRing(tracks, from + count);
  };
  const feed = new SceneFeed({
    tracks,
    output,
    state,
    sampleRateHz,
    gains,
    playPosition: () => world.playPosition,
    createProcessor: async (startFrame) => {
      made.push(startFrame);
      if (world.failure) throw world.failure;
      return delayOf();
    },
    onProblem: (message) => problems.push(message),
  });
  restartRing(tracks, timeline.startPosition);
  fill(timeline, timeline.startPosition, 30000);
  const held = (position: number): number[] => {
    const planes = [new Float32Array(readableFrames(output, position))];
    readPlanar(output, position, planes, planes[0]!.length);
    return [...planes[0]!];
  };
  return { feed, tracks, gains, state, made, world, problems, held, fill };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const at = (startPosition: number, startFrame: number, loop?: Timeline['loop']): Timeline => ({
  startPosition,
  startFrame,
  frameCount: 1e6,
  loop,
});

test('the latency of the renderer is taken out, and little is rendered ahead', async () => {
  const timeline = at(100, -50);
  const { feed, held, made } = feedOf(timeline);
  feed.restart(timeline);
  feed.pump();
  await settled();
  const frames = held(100);
  expect(made).toEqual([0]);
  expect(frames.slice(48, 53)).toEqual([0, 0, 0, 1, 2]);
  expect(frames[2000]).toBe(1950);
  expect(frames.length).toBeGreaterThan(0.09 * sampleRateHz);
  expect(frames.length).toBeLessThan(0.11 * sampleRateHz);
});

test('at the end of a loop its start comes, sample for sample, from a renderer made before', async () => {
  const timeline = at(0, 4000, { startFrame: 3000, endFrame: 5000 });
  const { feed, held, made } = feedOf(timeline);
  feed.restart(timeline);
  feed.pump();
  await settled();
  feed.pump();
  await settled();
  const frames = held(0);
  expect(frames.slice(998, 1002)).toEqual([4998, 4999, 3000, 3001]);
  expect(frames.slice(2998, 3002)).toEqual([4998, 4999, 3000, 3001]);
  expect([...made].sort()).toEqual([3000, 4000]);
});

test('a track that is muted comes when it is let', async () => {
  const timeline = at(0, 0);
  const { feed, held, gains, world, state } = feedOf(timeline);
  feed.restart(timeline);
  feed.pump();
  await settled();
  expect(held(0)[4000]).toBe(4000);
  expect([...levelRow(state, 1024)]).toEqual([1535, 0]);
  gains.setTargets([1, 1]);
  world.playPosition = 4000;
  feed.pump();
  expect(held(4000).at(-1)! - (4000 + held(4000).length - 1)).toBe(1000);
});

test('it waits for tracks, makes up for what is late, and leaves out what is too late', async () => {
  const timeline = at(0, 0);
  const { feed, held, tracks, world, fill, made } = feedOf(timeline);
  endRing(tracks, 1000);
  feed.restart(timeline);
  feed.pump();
  await settled();
  expect(held(0).length).toBeLessThanOrEqual(1000 - latencySamples);
  fill(timeline, 1000, 30000);
  world.playPosition = 9000;
  feed.pump();
  await settled();
  expect(held(9000)[0]).toBe(9000);
  expect(made).toEqual([0]);
  fill(timeline, 30000, 30000);
  world.playPosition = 40000;
  feed.pump();
  await settled();
  expect(held(40000)[0]).toBe(40000);
  expect(made).toEqual([0, 40000]);
});

test('tracks that were given up while they were waited for are not waited for', async () => {
  const timeline = at(0, 0);
  const { feed, held, tracks, world, fill, made } = feedOf(timeline);
  endRing(tracks, 0);
  feed.restart(timeline);
  feed.pump();
  await settled();
  // The sound ran on a little; what came then begins where it was.
  world.playPosition = 768;
  restartRing(tracks, 768);
  fill(timeline, 768, 20_000);
  feed.pump();
  await settled();
  expect(held(768).slice(0, 2)).toEqual([768, 769]);
  expect(made).toEqual([0, 768]);
});

test('a loop that is set ahead is followed without a break', async () => {
  const timeline = at(0, 0);
  const { feed, held, world, fill } = feedOf(timeline);
  feed.restart(timeline);
  feed.pump();
  await settled();
  const looped = at(100, 100, { startFrame: 0, endFrame: 10000 });
  feed.follow(looped, 10000);
  fill(looped, 10000, 10000);
  for (world.playPosition = 4000; world.playPosition < 9000; world.playPosition += 1000) {
    feed.pump();
    await settled();
  }
  expect(held(8000).slice(1998, 2003)).toEqual([9998, 9999, 0, 1, 2]);
});

test('where no renderer can be made it is told, and tried again where the stream starts anew', async () => {
  const timeline = at(0, 4000);
  const { feed, held, made, world, problems } = feedOf(timeline);
  world.failure = new Error('no memory');
  feed.restart(timeline);
  feed.pump();
  await settled();
  feed.pump();
  expect([made, problems, held(0)]).toEqual([[4000], ['no memory'], []]);
  // A failure of what is not wanted any more says nothing.
  feed.restart(timeline);
  feed.pump();
  world.failure = undefined;
  feed.restart(at(0, 4000));
  await settled();
  expect(problems).toEqual(['no memory', undefined]);
  expect(held(0).slice(0, 2)).toEqual([4000, 4001]);
});
