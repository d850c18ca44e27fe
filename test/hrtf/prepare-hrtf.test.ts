import { describe, expect, test } from 'vitest';
import { diffuseDeviation } from '../../src/hrtf/diffuse-deviation.ts';
import type { MeasuredHrtf } from '../../src/hrtf/measured-hrtf.ts';
import { prepareHrtf } from '../../src/hrtf/prepare-hrtf.ts';
import { cosineToEar, sphereArrivalSec } from '../../src/hrtf/rigid-sphere.ts';
import { levelDbAt, nearestDirection, toyLevel, toyMeasurement } from './sets.ts';

describe('a set that keeps its sound', () => {
  const set = prepareHrtf(toyMeasurement(15, -90));

  test('has the levels of the measurement at every frequency', () => {
    for (const [azimuthDeg, elevationDeg] of [
      [0, 0],
      [90, 0],
      [-120, 30],
    ] as const) {
      const direction = nearestDirection(set.directionsDeg, azimuthDeg, elevationDeg);
      for (const ear of [0, 1]) {
        const at = (2 * direction + ear) * set.tapCount;
        const response = set.responses.subarray(at, at + set.tapCount);
        const level =
          0.2 * toyLevel(set.directionsDeg[2 * direction]!, set.directionsDeg[2 * direction + 1]!, ear);
        for (const frequencyHz of [50, 500, 5000, 15_000]) {
          const expected = levelDbAt([level, 0.5 * level], frequencyHz, 44100);
          expect(Math.abs(levelDbAt(response, frequencyHz, 44100) - expected)).toBeLessThan(0.02);
        }
      }
    }
  });

  test('splits off the arrivals, and a frontal onset lies at 0', () => {
    const front = nearestDirection(set.directionsDeg, 0, 0);
    const side = nearestDirection(set.directionsDeg, 90, 0);
    const itd = (direction: number) =>
      set.arrivalSamples[2 * direction + 1]! - set.arrivalSamples[2 * direction]!;
    expect(Math.abs(itd(front))).toBeLessThan(0.01);
    const truth = (sphereArrivalSec(cosineToEar(90, 0, 1)) - sphereArrivalSec(cosineToEar(90, 0, 0))) * 44100;
    expect(Math.abs(itd(side) - truth)).toBeLessThan(1);
  });

  test('is no longer than its sound and some air before it', () => {
    expect(set.tapCount).toBeLessThan(256);
  });
});

test('delays beside the responses count as arrivals', () => {
  const plain = toyMeasurement(30, -90);
  const delaySamples = Float64Array.from(
    { length: 2 * plain.directionCount },
    (_, r) => 100 + (r & 1) * 7.25,
  );
  const [before, after] = [prepareHrtf(plain), prepareHrtf({ ...plain, delaySamples })];
  for (let i = 0; i < plain.directionCount; i++) {
    const itd = (arrivals: Float64Array) => arrivals[2 * i + 1]! - arrivals[2 * i]!;
    expect(itd(after.arrivalSamples) - itd(before.arrivalSamples)).toBeCloseTo(7.25, 6);
  }
});

test('a rig that ends above the floor is completed below', () => {
  const set = prepareHrtf(toyMeasurement(15, -45));
  expect(Math.min(...set.directionsDeg.filter((_, index) => index % 2 === 1))).toBeLessThan(-80);
});

test('equalised, the diffuse field is even', () => {
  const measured = toyMeasurement(15, -45);
  const tilted: MeasuredHrtf = { ...measured, responses: measured.responses.slice() };
  for (let n = tilted.responses.length - 1; n > 0; n--)
    tilted.responses[n]! += 0.9 * tilted.responses[n - 1]!;
  expect(diffuseDeviation(prepareHrtf(tilted)).spanDb).toBeGreaterThan(6);
  const { meanDb, spanDb } = diffuseDeviation(prepareHrtf(tilted, { equalize: true }));
  expect(spanDb).toBeLessThan(1);
  expect(Math.abs(meanDb)).toBeLessThan(0.5);
});

test('silence and an open side are refused', () => {
  const measured = toyMeasurement(30, -90);
  const responses = measured.responses.slice();
  responses.fill(0, 5 * measured.tapCount, 6 * measured.tapCount);
  expect(() => prepareHrtf({ ...measured, responses })).toThrow(/direction 2, right ear, is silent/);
  expect(() => prepareHrtf(leftHalf(measured))).toThrow(/do not surround the head/);
});

/** The same without all that lies to the right. */
function leftHalf(measured: MeasuredHrtf): MeasuredHrtf {
  const kept = Array.from({ length: measured.directionCount }, (_, i) => i).filter(
    (i) => measured.directionsDeg[2 * i]! > 10 && measured.directionsDeg[2 * i]! < 170,
  );
  const { tapCount } = measured;
  return {
    ...measured,
    directionCount: kept.length,
    directionsDeg: Float64Array.from(
      kept.flatMap((i) => [...measured.directionsDeg.subarray(2 * i, 2 * i + 2)]),
    ),
    responses: Float64Array.from(
      kept.flatMap((i) => [...measured.responses.subarray(2 * i * tapCount, 2 * (i + 1) * tapCount)]),
    ),
  };
}
