import { expect, test } from 'vitest';
import { alignMeasured } from '../../src/hrtf/align-measured.ts';
import { fillLowerDirections } from '../../src/hrtf/fill-lower-directions.ts';
import { cosineToEar, sphereArrivalSec } from '../../src/hrtf/rigid-sphere.ts';
import { nearestDirection, toyMeasurement } from './sets.ts';

test('goes on from the lowest ring to the nadir; arrivals follow the sphere', () => {
  const aligned = alignMeasured(toyMeasurement(10, -40), { equalizeDiffuseField: false });
  const filled = fillLowerDirections(aligned);
  const { directionsDeg, arrivalSamples, real, imaginary } = filled;
  expect(Math.min(...directionsDeg.filter((_, i) => i % 2 === 1))).toBe(-90);
  expect(real).toHaveLength(directionsDeg.length);
  for (let r = aligned.real.length; r < real.length; r++) {
    const cosine = cosineToEar(directionsDeg[r & ~1]!, directionsDeg[r | 1]!, r & 1);
    expect(Math.abs(arrivalSamples[r]! - sphereArrivalSec(cosine) * 44100)).toBeLessThan(0.8);
  }
  const k = 100;
  const levelAt = (azimuthDeg: number, elevationDeg: number) => {
    const r = 2 * nearestDirection(directionsDeg, azimuthDeg, elevationDeg);
    return 20 * Math.log10(Math.hypot(real[r]![k]!, imaginary[r]![k]!));
  };
  for (const azimuthDeg of [0, 90, -90, 180])
    expect(Math.abs(levelAt(azimuthDeg, -50) - levelAt(azimuthDeg, -40))).toBeLessThan(3);
});

test('a set that reaches the nadir comes back as it is', () => {
  const aligned = alignMeasured(toyMeasurement(30, -90), { equalizeDiffuseField: false });
  expect(fillLowerDirections(aligned)).toBe(aligned);
});
