import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createMovingWeight, weightRange } from '../../../src/master/scene-stage/moving-weight.ts';
import { regionWeight } from '../../../src/master/scene-stage/group-regions.ts';
import type { AudioObject } from '../../../src/scene/scene.ts';
import { blockAt, objectOf } from '../../render/binaural/scenes.ts';

const sampleRateHz = 48000;
const front = (azimuthDeg: number, elevationDeg: number) => regionWeight('front', azimuthDeg, elevationDeg);
const seconds = rationalFromDecimal;

/** Rests at 0, moves to 120 degrees within the second second, jumps to 75 degrees at 2 s. */
const object = objectOf([
  blockAt(0, 0, { durationSec: seconds(1) }),
  blockAt(120, 0, { startSec: seconds(1), durationSec: seconds(1) }),
  blockAt(75, 0, { startSec: seconds(2), jumpPosition: true }),
]);

function weightsOf(
  moving: AudioObject,
  frameCount: number,
  blocks: readonly number[] = [frameCount],
  startSample = 0,
) {
  const weight = createMovingWeight(moving, sampleRateHz, front);
  const weights = new Float32Array(frameCount);
  for (let from = 0, index = 0; from < frameCount; index++) {
    const length = Math.min(blocks[index % blocks.length]!, frameCount - from);
    weight.fill(startSample + from, length, weights.subarray(from));
    from += length;
  }
  return weights;
}

test('the weight is that of the direction at the time, on a grid of 64 samples', () => {
  const weights = weightsOf(object, 3 * sampleRateHz);
  for (const sample of [0, 640, 48000, 64 * 1000, 64 * 1125, 64 * 1400]) {
    const azimuthDeg = Math.max(0, ((sample - 48000) / 48000) * 120);
    expect(weights[sample], `sample ${sample}`).toBeCloseTo(front(azimuthDeg, 0), 6);
  }
  expect(weights.subarray(2.1 * sampleRateHz).every((weight) => Math.abs(weight - 0.5) < 1e-6)).toBe(true);
  expect(weights.subarray(0, sampleRateHz).every((weight) => weight === 1)).toBe(true);
});

test('no step between samples is larger than that of a ramp over 64 samples, jumps included', () => {
  const weights = weightsOf(object, 3 * sampleRateHz);
  let largest = 0;
  for (let n = 1; n < weights.length; n++)
    largest = Math.max(largest, Math.abs(weights[n]! - weights[n - 1]!));
  expect(largest).toBeLessThanOrEqual(1 / 64 + 1e-6);
  // At the jump from 120 to 75 degrees the weight goes from 0 to 0.5.
  expect(largest).toBeGreaterThan(0.5 / 64 - 1e-6);
});

test('blocks of any size, and a start anywhere, give the same bits; before sample 0 the weight is that of sample 0', () => {
  const whole = weightsOf(object, 2.5 * sampleRateHz);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 2 * sampleRateHz }),
      (blocks, start) => {
        const part = weightsOf(object, 20000, blocks, start);
        expect(part.every((weight, n) => weight === whole[start + n])).toBe(true);
      },
    ),
    { numRuns: 20, seed: 3 },
  );
  const early = weightsOf(object, 300, [7], -100);
  expect(early.subarray(0, 100).every((weight) => weight === whole[0])).toBe(true);
  expect(early.subarray(100)).toEqual(whole.subarray(0, 200));
});

test('after a reset the calls begin anew; a gap and the time behind the last block have the weights of their neighbours', () => {
  const gappy = objectOf([
    blockAt(0, 0, { durationSec: seconds(0.1) }),
    blockAt(180, 0, { startSec: seconds(0.2), durationSec: seconds(0.1) }),
  ]);
  const weight = createMovingWeight(gappy, sampleRateHz, front);
  const weights = new Float32Array(1);
  const at = (sample: number) => {
    weight.fill(sample, 1, weights);
    return weights[0];
  };
  expect([at(0), at(6400), at(48000)]).toEqual([1, 0, 0]);
  weight.reset();
  expect(at(64)).toBe(1);
});

test('the range of a weight holds what lies between blocks, along arcs and lines', () => {
  expect(weightRange(object, sampleRateHz, front)).toEqual([0, 1]);
  const passing = objectOf([
    blockAt(110, 0, { durationSec: seconds(1) }),
    blockAt(-110, 0, { startSec: seconds(1), durationSec: seconds(1) }),
  ]);
  // The shortest way from 110 to -110 degrees is over the back: never in front.
  expect(weightRange(passing, sampleRateHz, front)).toEqual([0, 0]);
  const acrossFront = objectOf([
    { ...blockAt(0, 0, { durationSec: seconds(1) }), position: { kind: 'cartesian', xyz: [-1, -1, 0] } },
    {
      ...blockAt(0, 0, { startSec: seconds(1), durationSec: seconds(1) }),
      position: { kind: 'cartesian', xyz: [1, 1, 0] },
    },
  ]);
  expect(weightRange(acrossFront, sampleRateHz, front)).toEqual([0, 1]);
  const resting = objectOf([blockAt(75, 0)]);
  expect(weightRange(resting, sampleRateHz, front)).toEqual([
    expect.closeTo(0.5, 12),
    expect.closeTo(0.5, 12),
  ]);
});
