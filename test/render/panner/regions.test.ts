import { describe, expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../../src/base/coordinates.ts';
import {
  createQuad,
  createTriplet,
  createVirtualNgon,
  type Region,
} from '../../../src/render/panner/regions.ts';
import { cross, length, normalize } from '../../../src/math/vec3.ts';

const at = (azimuthDeg: number, elevationDeg: number): Vec3 => polarToCartesian(azimuthDeg, elevationDeg);
const pan = (region: Region, position: Vec3, count: number): number[] | undefined => {
  const gains = new Float64Array(count);
  return region.pan(position, gains) ? [...gains] : undefined;
};
const power = (gains: readonly number[]): number => gains.reduce((sum, gain) => sum + gain * gain, 0);
/** Angle sine between the velocity vector of gains and a direction. */
const deviation = (gains: readonly number[], positions: readonly Vec3[], direction: Vec3): number => {
  const sum = [0, 1, 2].map((axis) =>
    gains.reduce((total, gain, i) => total + gain * positions[i]![axis]!, 0),
  );
  return length(cross(normalize(sum as unknown as Vec3), direction));
};

describe('createTriplet', () => {
  const positions = [at(30, 0), at(-30, 0), at(0, 45)];
  const triplet = createTriplet([0, 1, 2], positions);

  test('gains point at the source with power 1, and only inside of the triangle', () => {
    const gains = pan(triplet, at(7, 13), 3)!;
    expect(power(gains)).toBeCloseTo(1, 12);
    expect(deviation(gains, positions, at(7, 13))).toBeLessThan(1e-12);
    expect(pan(triplet, at(40, 0), 3)).toBeUndefined();
    expect(pan(triplet, at(180, 0), 3)).toBeUndefined();
  });

  test('midway on an edge both have sqrt(1/2)', () => {
    const [left, right, top] = pan(triplet, at(0, 0), 3)!;
    expect(left).toBeCloseTo(Math.SQRT1_2, 12);
    expect(right).toBeCloseTo(Math.SQRT1_2, 12);
    expect(top).toBeCloseTo(0, 12);
  });
});

describe('createQuad', () => {
  const positions = [at(30, 0), at(-30, 30), at(-30, 0), at(30, 30)];
  const quad = createQuad([0, 1, 2, 3], positions);

  test('gains point at the source with power 1', () => {
    for (const direction of [at(10, 10), at(-29, 3), at(0, 15)]) {
      const gains = pan(quad, direction, 4)!;
      expect(power(gains)).toBeCloseTo(1, 12);
      expect(deviation(gains, positions, direction)).toBeLessThan(1e-9);
    }
  });

  test('corners sound alone; the other side of the sphere is not its own', () => {
    expect(pan(quad, positions[1]!, 4)!.map((gain) => Math.round(gain * 1e9) / 1e9)).toEqual([0, 1, 0, 0]);
    expect(pan(quad, at(180, -15), 4)).toBeUndefined();
    expect(pan(quad, at(60, 10), 4)).toBeUndefined();
  });
});

test('createVirtualNgon shares its centre among all corners', () => {
  const positions = [at(45, 0), at(-45, 0), at(135, 0), at(-135, 0)];
  const ngon = createVirtualNgon([3, 1, 0, 2], positions, [0, 0, 1]);
  pan(ngon, [0, 0, 1], 4)!.forEach((gain) => expect(gain).toBeCloseTo(0.5, 12));
  const alone = pan(ngon, positions[0]!, 4)!;
  expect(alone[3]).toBeCloseTo(1, 12);
  expect(pan(ngon, [0, 0, -1], 4)).toBeUndefined();
});
