import { afterEach, expect, test, vi } from 'vitest';
import { createScalarKernels } from '../../../../../src/kernels/scalar/scalar-kernels.ts';
import { parseScene } from '../../../../../src/scene/parse-scene.ts';
import { formatSceneText } from '../../../../../src/scene/scene-text.ts';
import { Feeder } from '../../../../../src/audition/page/engine/feed/feeder.ts';
import type { FedSource, FeederNote } from '../../../../../src/audition/page/engine/feed/feeder-messages.ts';
import {
  createRing,
  readableFrames,
  readPlanar,
} from '../../../../../src/audition/page/engine/stream/ring.ts';
import {
  createSharedState,
  writePlayPoint,
} from '../../../../../src/audition/page/engine/stream/shared-state.ts';

afterEach(() => vi.unstubAllGlobals());

const scene = formatSceneText(
  parseScene({ version: 1, objects: [{ name: 'a', file: 'a.wav', position: { azimuthDeg: 90 } }] }).scene,
);

/** A feeder of a server whose sources hold the number of the frame in every channel. */
function feederOf() {
  vi.stubGlobal('fetch', async (address: string, options?: { headers: { range: string } }) => {
    if (address === 'scene') return new Response(scene);
    if (address === 'no-scene') return Response.json({ error: { message: 'no scene' } }, { status: 404 });
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(options!.headers.range)!.map(Number);
    const samples = Float32Array.from({ length: (last! + 1 - first!) / 4 }, (_, i) => first! / 4 + i);
    return new Response(samples.buffer, { status: 206 });
  });
  const state = createSharedState(1);
  const notes: FeederNote[] = [];
  const feeder = new Feeder(
    (note) => notes.push(note),
    async () => createScalarKernels,
  );
  feeder.handle({ type: 'start', memory: state.memory, trackCount: 1, sampleRateHz: 48000 });
  feeder.handle({
    type: 'restart',
    timeline: { startPosition: 1000, startFrame: 0, frameCount: 480000, loop: undefined },
    number: 1,
  });
  return { feeder, state, notes };
}

const sourceOf = (channelCount: number, more: Partial<FedSource> = {}) => {
  const ring = createRing(channelCount, 65536);
  const source: FedSource = {
    source: 0,
    audio: 'audio',
    scene: 'scene',
    kind: 'stereo',
    label: 'Stereo',
    channelCount: 1,
    frameCount: 480000,
    memory: ring.memory,
    playedChannelCount: channelCount,
    ...more,
  };
  return { ring, source };
};

const frameAt = (ring: ReturnType<typeof createRing>, position: number, channel = 0): number => {
  const planes = ring.channels.map(() => new Float32Array(1));
  readPlanar(ring, position, planes, 1);
  return planes[channel]![0]!;
};

test('a source is filled from what is played on, also when it is armed later', async () => {
  const { feeder, state } = feederOf();
  const first = sourceOf(1);
  feeder.handle({ type: 'arm', source: first.source });
  await vi.waitFor(() => expect(readableFrames(first.ring, 1000)).toBeGreaterThan(10000));
  expect(frameAt(first.ring, 1500)).toBe(500);
  writePlayPoint(state.marks, 3000, 0, 1);
  const second = sourceOf(1, { source: 1 });
  feeder.handle({ type: 'arm', source: second.source });
  await vi.waitFor(() => expect(readableFrames(second.ring, 3000)).toBeGreaterThan(10000));
  expect(readableFrames(second.ring, 2999)).toBe(0);
  expect(frameAt(second.ring, 3100)).toBe(2100);
  feeder.handle({ type: 'disarm', source: 1 });
});

test('what is played on a timeline that the feeder does not know yet, or on an older one, says nothing of its own', async () => {
  const { feeder, state } = feederOf();
  const { ring, source } = sourceOf(18, { kind: 'scene' });
  writePlayPoint(state.marks, 301_000, 0, 2);
  feeder.handle({ type: 'arm', source });
  feeder.handle({ type: 'select', source: 0 });
  await vi.waitFor(() => expect(readableFrames(ring, 1000)).toBeGreaterThan(4000), 5000);
  const timeline = { startPosition: 301_000, startFrame: 9000, frameCount: 480_000, loop: undefined };
  feeder.handle({ type: 'restart', timeline, number: 2 });
  expect(readableFrames(ring, 301_000)).toBe(0);
  await vi.waitFor(() => expect(readableFrames(ring, 301_000)).toBeGreaterThan(4000), 5000);
  expect(frameAt(ring, 303_000)).toBeCloseTo(11_000, 1);
  const next = { startPosition: 601_000, startFrame: 20_000, frameCount: 480_000, loop: undefined };
  writePlayPoint(state.marks, 400_000, 0, 2);
  feeder.handle({ type: 'restart', timeline: next, number: 3 });
  await vi.waitFor(() => expect(readableFrames(ring, 601_000)).toBeGreaterThan(4000), 5000);
});

test('a scene is rendered to sixteen channels and a pair', async () => {
  const { feeder } = feederOf();
  const { ring, source } = sourceOf(18, { kind: 'scene' });
  feeder.handle({ type: 'arm', source });
  feeder.handle({ type: 'select', source: 0 });
  await vi.waitFor(() => expect(readableFrames(ring, 1000)).toBeGreaterThan(4000), 5000);
  expect(frameAt(ring, 3000)).toBeCloseTo(2000, 2);
  expect(frameAt(ring, 3000, 1)).toBeCloseTo(2000, 2);
});

test('a scene that is not there is told', async () => {
  const { feeder, notes } = feederOf();
  feeder.handle({ type: 'arm', source: sourceOf(18, { kind: 'scene', scene: 'no-scene' }).source });
  await vi.waitFor(() => expect(notes).toEqual([{ source: 0, message: 'the scene: no scene' }]), 5000);
});
