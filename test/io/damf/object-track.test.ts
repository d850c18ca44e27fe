import { expect, test } from 'vitest';
import { rationalToSec } from '../../../src/base/time.ts';
import { initialState, type DamfState } from '../../../src/io/damf/damf-events.ts';
import { createObjectTrack } from '../../../src/io/damf/object-track.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';

const rate = 1000;
const state = (x: number, values: Partial<DamfState> = {}): DamfState => ({
  ...initialState,
  xyz: [x, 0, 0],
  ...values,
});

function blocksOf(...events: readonly (readonly [number, DamfState, boolean?])[]): ObjectBlock[] {
  const track = createObjectTrack(rate);
  for (const [samplePos, own, restarts = true] of events) track.add(samplePos, own, restarts);
  return track.finish();
}
const samples = (time: { numerator: bigint; denominator: bigint } | undefined) =>
  time && rationalToSec(time) * rate;
const short = (blocks: readonly ObjectBlock[]) =>
  blocks.map(({ startSec, durationSec, position, interpolationLengthSec, gainDb }) => [
    samples(startSec),
    samples(durationSec),
    (position as { xyz: readonly number[] }).xyz[0],
    samples(interpolationLengthSec),
    gainDb,
  ]);

test('each event is a block that jumps within its ramp; what says nothing new is none', () => {
  const track = blocksOf(
    [0, state(0)],
    [100, state(1, { rampSamples: 50 })],
    [200, state(1, { rampSamples: 50 })],
    [300, state(0)],
  );
  expect(short(track)).toEqual([
    [0, 100, 0, undefined, 0],
    [100, 200, 1, 50, 0],
    [300, undefined, 0, undefined, 0],
  ]);
  expect(track.every(({ jumpPosition }) => jumpPosition)).toBe(true);
});

test('an event in the middle of a ramp begins where the object is', () => {
  const track = blocksOf(
    [0, state(0)],
    [100, state(1, { rampSamples: 100 })],
    [150, state(0, { rampSamples: 20 })],
  );
  expect(short(track)).toEqual([
    [0, 100, 0, undefined, 0],
    [100, 50, 0.5, 50, 0],
    [150, undefined, 0, 20, 0],
  ]);
});

test('an event that says nothing that moves lets the ramp go on', () => {
  const ramp = { rampSamples: 100 };
  const track = blocksOf(
    [0, state(0)],
    [100, state(1, ramp)],
    [125, state(1, { ...ramp, snap: true }), false],
  );
  expect(short(track)).toEqual([
    [0, 100, 0, undefined, 0],
    [100, 25, 0.25, 25, 0],
    [125, undefined, 1, 75, 0],
  ]);
  expect(track.map(({ channelLock }) => channelLock !== undefined)).toEqual([false, false, true]);
});

test('gains move in amplitude', () => {
  const track = blocksOf(
    [0, state(0)],
    [0 + 10, state(0, { gainDb: -Infinity, rampSamples: 100 })],
    [60, state(1)],
  );
  expect(track[1]!.gainDb).toBeCloseTo(-6.0206, 4);
});

test('an inactive object is silent, and is at its place at once when it comes back', () => {
  const ramp = { rampSamples: 100 };
  const track = blocksOf(
    [0, state(-2001, { active: false })],
    [100, state(1, ramp)],
    [300, state(0, { ...ramp, active: false })],
  );
  expect(short(track)).toEqual([
    [0, 100, -1, undefined, -Infinity],
    [100, 200, 1, undefined, 0],
    [300, undefined, 0, 100, -Infinity],
  ]);
});

test('events of one time are one; the first counts from the beginning', () => {
  expect(
    short(blocksOf([5, state(0)], [50, state(1, { rampSamples: 9 })], [50, state(0.5, { rampSamples: 9 })])),
  ).toEqual([
    [0, 50, 0, undefined, 0],
    [50, undefined, 0.5, 9, 0],
  ]);
  expect(short(blocksOf([0, state(0)], [0, state(1, { rampSamples: 9 })]))).toEqual([
    [0, undefined, 1, undefined, 0],
  ]);
});

test('zones, ceiling, size, spread and importance', () => {
  const [block] = blocksOf([
    0,
    state(0, { zones: 'no sides', elevation: false, size: 0.5, decorr: true, importance: 0.75 }),
  ]);
  expect(block).toMatchObject({ width: 0.5, height: 0.5, depth: 0.5, diffuse: 1, importance: 7.5 });
  expect(block!.zoneExclusion).toHaveLength(3);
});
