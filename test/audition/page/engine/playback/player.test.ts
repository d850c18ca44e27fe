import { expect, test } from 'vitest';
import { gateFrames, Player } from '../../../../../src/audition/page/engine/playback/player.ts';
import type { PlayerNote } from '../../../../../src/audition/page/engine/playback/player-messages.ts';
import {
  createRing,
  endRing,
  restartRing,
  writePlanar,
  type Ring,
} from '../../../../../src/audition/page/engine/stream/ring.ts';
import {
  createSharedState,
  readPlayPoint,
} from '../../../../../src/audition/page/engine/stream/shared-state.ts';
import type { Jumps } from '../../../../../src/audition/page/engine/stream/timeline.ts';
import { noise } from '../../../../support.ts';

const sampleRateHz = 48000;
const capacityFrames = 32768;

/** A player with one output of one channel, and what it sent. */
function playerOf(leadFrames = 0) {
  const state = createSharedState(0);
  const notes: PlayerNote[] = [];
  const player = new Player({
    state,
    sampleRateHz,
    leadFrames,
    tell: (note) => note.type !== 'heard' && notes.push(note),
  });
  let contextFrame = 0;
  /** Runs for some calls. */
  const run = (quanta: number): Float32Array => {
    const all = new Float32Array(quanta * 128);
    for (let q = 0; q < quanta; q++) {
      // Two outputs of one channel: only one of them is used in a test.
      const call = all.subarray(q * 128, (q + 1) * 128);
      const outputs = [[new Float32Array(128)], [new Float32Array(128)]];
      player.process(outputs, contextFrame);
      call.forEach((_, i) => (call[i] = outputs[0]![0]![i]! + outputs[1]![0]![i]!));
      contextFrame += 128;
    }
    return all;
  };
  const arm = (source: number, ring: Ring, output = 0): void =>
    player.handle({
      type: 'arm',
      source,
      memory: ring.memory,
      channelCount: 1,
      output,
      headLockedChannel: Infinity,
      gain: 1,
    });
  const start = (startPosition: number, endPosition = Infinity, timeline = 1, jumps?: Jumps): void =>
    player.handle({ type: 'timeline', timeline, startPosition, endPosition, jumps });
  const play = (isPlaying = true): void => player.handle({ type: 'play', isPlaying });
  const select = (source: number): void => player.handle({ type: 'select', source });
  return { player, state, notes, run, arm, start, play, select };
}

/** A ring of one channel that holds samples from a position on. */
function ringOf(samples: Float32Array, position = 0): Ring {
  const ring = createRing(1, capacityFrames);
  restartRing(ring, position);
  writePlanar(ring, position, [samples], samples.length);
  endRing(ring, position + samples.length);
  return ring;
}

const ones = (length: number): Float32Array => new Float32Array(length).fill(1);

test('the sound comes on a straight line and is then sample for sample that of the source', () => {
  const { run, arm, start, play, select } = playerOf();
  const samples = noise(20000);
  arm(0, ringOf(samples, 5000));
  select(0);
  start(5000);
  expect(run(2).every((value) => value === 0)).toBe(true);
  play();
  const out = run(20);
  for (let n = 0; n < gateFrames; n++) expect(out[n]).toBeCloseTo((samples[n]! * n) / gateFrames, 6);
  expect(out.subarray(gateFrames)).toEqual(samples.subarray(gateFrames, out.length));
});

test('what decoders make late is read ahead; what has no decoder is as late', () => {
  const samples = noise(20000);
  for (const [output, shift] of [
    [0, 0],
    [1, 96],
  ] as const) {
    const { run, arm, start, play, select } = playerOf(96);
    arm(0, ringOf(samples), output);
    select(0);
    start(0);
    play();
    const out = run(20);
    const from = gateFrames + 96;
    expect(out.subarray(from)).toEqual(samples.subarray(from + shift, out.length + shift));
  }
});

test('between two sources of the same samples nothing is heard of a switch', () => {
  const { run, arm, start, play, select } = playerOf();
  const samples = noise(20000);
  arm(0, ringOf(samples));
  arm(1, ringOf(samples));
  select(0);
  start(0);
  play();
  const before = run(20);
  select(1);
  run(1);
  select(0);
  const after = run(20);
  expect(before.length).toBe(2560);
  for (let n = 0; n < after.length; n++) expect(after[n]).toBeCloseTo(samples[n + 2688]!, 6);
});

test('a switch waits for the source that is selected; the other sounds on', () => {
  const { run, arm, start, play, select, notes } = playerOf();
  arm(0, ringOf(ones(30000)));
  const late = createRing(1, capacityFrames);
  arm(1, late);
  select(0);
  start(0);
  play();
  run(10);
  select(1);
  expect(run(60).every((value) => value === 1)).toBe(true);
  expect(notes).toEqual([{ type: 'waiting', isWaiting: true }]);
  restartRing(late, 8000);
  endRing(late, 12000);
  const out = run(5);
  expect(out[640 - 1]).toBe(0);
  expect(notes.at(-1)).toEqual({ type: 'waiting', isWaiting: false });
});

test('where a source runs dry the sound goes before the end and comes back when there is enough', () => {
  const { run, arm, start, play, select } = playerOf();
  const ring = ringOf(ones(4000));
  arm(0, ring);
  select(0);
  start(0);
  play();
  const out = run(40);
  const steps = out.map((value, n) => Math.abs(value - (n > 0 ? out[n - 1]! : 0)));
  expect(Math.max(...steps)).toBeLessThan(1 / gateFrames + 1e-6);
  expect(out.at(-1)).toBe(0);
  writePlanar(ring, 4000, [ones(8000)], 8000);
  endRing(ring, 12000);
  expect(run(10).at(-1)).toBe(1);
});

test('a new timeline starts after the old one has faded out of what was there', () => {
  const { run, arm, start, play, select, state } = playerOf();
  const ring = ringOf(ones(8000));
  arm(0, ring);
  select(0);
  start(0);
  play();
  run(10);
  // The feeder is faster than the message.
  restartRing(ring, 2.25 * capacityFrames);
  const out = [...run(1)];
  start(2.25 * capacityFrames, Infinity, 2);
  out.push(...run(3));
  expect(Math.max(...out.map((value, n) => Math.abs(value - (n > 0 ? out[n - 1]! : 1))))).toBeLessThan(0.005);
  expect(readPlayPoint(state.marks).timeline).toBe(2);
  writePlanar(ring, 2.25 * capacityFrames, [ones(8000).fill(0.5)], 8000);
  endRing(ring, 2.25 * capacityFrames + 8000);
  expect(run(4).at(-1)).toBe(0.5);
  expect(readPlayPoint(state.marks).position).toBe(2.25 * capacityFrames + 4 * 128);
});

test('pause holds the place, and the programme ends by itself', () => {
  const { run, arm, start, play, select, notes, state } = playerOf();
  arm(0, ringOf(ones(20000)));
  select(0);
  start(0, 5000);
  play();
  run(10);
  play(false);
  run(10);
  const { position } = readPlayPoint(state.marks);
  expect(position).toBe(12 * 128);
  play();
  run(40);
  expect(notes).toEqual([{ type: 'ended' }]);
  expect(run(1).every((value) => value === 0)).toBe(true);
});

test('gains glide', () => {
  const { player, run, arm, start, play, select } = playerOf();
  arm(0, ringOf(ones(30000)));
  select(0);
  start(0);
  play();
  run(10);
  player.handle({ type: 'gain', source: 0, gain: 0.5 });
  const out = run(100);
  expect(out.every((value, n) => Math.abs(value - (n > 0 ? out[n - 1]! : 1)) < 0.001)).toBe(true);
  expect(out.at(-1)).toBe(0.5);
});

test('peaks are those of the source that is heard, without its gain', () => {
  const { run, arm, start, play, select, state } = playerOf();
  arm(0, ringOf(ones(30000).fill(0.25)));
  arm(1, ringOf(ones(30000)));
  select(0);
  start(0);
  play();
  run(10);
  expect([...state.channelPeaks.subarray(0, 2)]).toEqual([0.25, 0]);
});

/** Largest bend of a signal: a click has one as large as itself, a 200 Hz tone one of 0.0007 of its own. */
const largestBend = (samples: Float32Array): number =>
  samples.reduce(
    (max, value, n) => (n < 2 ? max : Math.max(max, Math.abs(value - 2 * samples[n - 1]! + samples[n - 2]!))),
    0,
  );

/** A tone of 200 Hz that starts anew wherever it is told to, as a loop does: there it jumps by its whole height. */
const toneWithJumps = (length: number, jumpsAt: readonly number[]): Float32Array => {
  let start = 0;
  return Float32Array.from({ length }, (_, n) => {
    if (jumpsAt.includes(n)) start = n;
    return Math.cos((2 * Math.PI * 200 * (n - start)) / sampleRateHz);
  });
};

test('where a loop starts anew there is no click, with decoders and without', () => {
  // Twelve and a half periods: from the lowest to the highest sample.
  const tone = toneWithJumps(30000, [3000]);
  expect(largestBend(tone)).toBeGreaterThan(1);
  for (const [output, shift] of [
    [0, 0],
    [1, 96],
  ] as const) {
    const { run, arm, start, play, select } = playerOf(96);
    arm(0, ringOf(tone), output);
    select(0);
    start(0, Infinity, 1, { firstPosition: 3000, everyFrames: 24000 });
    play();
    const out = run(100).subarray(gateFrames + 96);
    expect(largestBend(out)).toBeLessThan(0.002);
    const fadeFrames = 96;
    const jump = 3000 - gateFrames - 96 - shift;
    const wanted = tone.subarray(gateFrames + 96 + shift);
    expect(out.subarray(0, jump - fadeFrames)).toEqual(wanted.subarray(0, jump - fadeFrames));
    const behind = out.subarray(jump + fadeFrames);
    expect(behind).toEqual(wanted.subarray(jump + fadeFrames, out.length));
  }
});

test('a seek does not click: the sound goes and comes on straight lines', () => {
  const { run, arm, start, play, select } = playerOf();
  const tone = toneWithJumps(30000, [10120]);
  arm(0, ringOf(tone));
  select(0);
  start(0);
  play();
  const before = run(40);
  start(10120, Infinity, 2);
  const both = Float32Array.from([...before, ...run(40)]);
  expect(largestBend(both.subarray(2))).toBeLessThan(0.01);
});

test('a head-locked pair goes past the decoder to the ears, in time with it', () => {
  const { player, run, start, play, select } = playerOf(96);
  const [turning, pair] = [noise(20000, 1), noise(20000, 2)];
  const ring = createRing(2, capacityFrames);
  writePlanar(ring, 0, [turning, pair], turning.length);
  endRing(ring, turning.length);
  player.handle({
    type: 'arm',
    source: 0,
    memory: ring.memory,
    channelCount: 2,
    output: 1,
    headLockedChannel: 1,
    gain: 1,
  });
  select(0);
  start(0);
  play();
  const out = run(20);
  // Both outputs together: what is to be decoded is ahead of the pair by the decoder's delay.
  for (let n = gateFrames + 96; n < out.length; n++)
    expect(out[n]).toBeCloseTo(turning[n + 96]! + pair[n]!, 6);
});
