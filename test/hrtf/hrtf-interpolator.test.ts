import { describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { createEarResponses, createHrtfInterpolator } from '../../src/hrtf/hrtf-interpolator.ts';
import { cosineToEar, sphereArrivalSec } from '../../src/hrtf/rigid-sphere.ts';
import { levelDbAt, toyLevel, toySet } from './sets.ts';

const set = toySet(10);
const interpolator = createHrtfInterpolator(set);
const output = createEarResponses(set.tapCount);

describe('interpolate', () => {
  test('gives back the directions of the set', () => {
    for (let i = 0; i < set.directionCount; i += 7) {
      interpolator.interpolate(
        polarToCartesian(set.directionsDeg[2 * i]!, set.directionsDeg[2 * i + 1]!),
        output,
      );
      for (let n = 0; n < set.tapCount; n++)
        expect(output.left[n]).toBeCloseTo(set.responses[2 * i * set.tapCount + n]!, 5);
      expect(output.arrivalSamples[1]).toBeCloseTo(set.arrivalSamples[2 * i + 1]!, 4);
    }
  });

  test('follows levels and arrivals of the toy head between its directions', () => {
    for (let i = 0; i < 300; i++) {
      const elevationDeg = (Math.asin(1 - (2 * i + 1) / 300) * 180) / Math.PI;
      const azimuthDeg = ((i * 137.508) % 360) - 180;
      interpolator.interpolate(polarToCartesian(azimuthDeg, elevationDeg), output);
      const expectedDb = 20 * Math.log10(1.5 * toyLevel(azimuthDeg, elevationDeg, 0));
      expect(Math.abs(levelDbAt(output.left, 50, 48000) - expectedDb)).toBeLessThan(0.05);
      const arrival = sphereArrivalSec(cosineToEar(azimuthDeg, elevationDeg, 1)) * 48000;
      expect(Math.abs(output.arrivalSamples[1]! - arrival)).toBeLessThan(0.3);
    }
  });
});

test('a direction on an edge sounds the same whatever was asked for before', () => {
  const edge = [0, 1, 2].map((axis) => {
    const [a, b] = [0, 1].map((j) => {
      const index = interpolator.triangles[j]!;
      return polarToCartesian(set.directionsDeg[2 * index]!, set.directionsDeg[2 * index + 1]!)[axis]!;
    });
    return a! + b!;
  });
  const before = Array.from({ length: 40 }, (_, i) => polarToCartesian(9 * i - 180, 40 - 2 * i));
  const heard = before.map((direction) => {
    interpolator.interpolate(direction, output);
    interpolator.interpolate([edge[0]!, edge[1]!, edge[2]!], output);
    return [...output.left];
  });
  for (const taps of heard) expect(taps).toEqual(heard[0]);
});

test('spread takes the mean power, and arrivals in the middle', () => {
  const directions = [polarToCartesian(90, 0), polarToCartesian(-90, 0)];
  interpolator.spread(directions, [0.5, 0.5], output);
  const power = (toyLevel(90, 0, 0) ** 2 + toyLevel(-90, 0, 0) ** 2) / 2;
  for (const response of [output.left, output.right])
    expect(levelDbAt(response, 1000, 48000)).toBeCloseTo(
      10 * Math.log10(power * (1.25 + Math.cos((2 * Math.PI * 1000) / 48000))),
      2,
    );
  expect(output.arrivalSamples[0]).toBeCloseTo(output.arrivalSamples[1]!, 6);
});

test('refuses directions on one side only', () => {
  const half = set.directionsDeg.slice(0, 60);
  expect(() => createHrtfInterpolator({ ...set, directionCount: 30, directionsDeg: half })).toThrow(
    /do not surround/,
  );
});
