import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { createPannedBank, createStereoPan } from '../../../src/render/binaural/panned-source.ts';
import { blockAt, impulse, objectOf } from './scenes.ts';

test('the stereo pan is that of BS.2127 for 0+2+0', () => {
  const pan = createStereoPan();
  expect([...pan(polarToCartesian(30, 0))]).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
  expect([...pan(polarToCartesian(0, 0))]).toEqual([
    expect.closeTo(Math.SQRT1_2, 6),
    expect.closeTo(Math.SQRT1_2, 6),
  ]);
});

test('a source that rests is delayed and panned', () => {
  const track = createObjectTrack(objectOf([blockAt(-30)]), 48000, 1);
  const bank = createPannedBank([{ track, trackIndex: 0, gain: 0.5 }], [impulse(64)], 8, 16)!;
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  bank.addHop(0, left, right);
  expect(right[8]).toBeCloseTo(0.5, 5);
  expect(left[8]).toBeCloseTo(0, 5);
});

test('gains of a source that moves are linear from step to step, and follow the pan', () => {
  const durationSec = rationalFromDecimal(0.064);
  const moving = objectOf([
    blockAt(-30, 0, { durationSec }),
    blockAt(30, 0, { startSec: durationSec, durationSec }),
  ]);
  const track = createObjectTrack(moving, 1000, 1);
  const constant = new Float32Array(64).fill(1);
  const bank = createPannedBank([{ track, trackIndex: 0, gain: 1 }], [constant], 0, 16)!;
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  bank.addHop(64, left, right);
  expect([left[0], right[0]]).toEqual([expect.closeTo(0, 5), expect.closeTo(1, 5)]);
  expect(left[32]).toBeCloseTo(Math.SQRT1_2, 5);
  expect(right[32]).toBeCloseTo(Math.SQRT1_2, 5);
  expect(left[8]).toBeCloseTo((left[0]! + left[16]!) / 2, 5);
});
