import { describe, expect, test } from 'vitest';
import { cosineToEar, sphereArrivalSec, spherePressure } from '../../src/hrtf/rigid-sphere.ts';

const levelDb = (mu: number, cosine: number) => 20 * Math.log10(Math.hypot(...spherePressure(mu, cosine)));

describe('spherePressure against the known limits of the rigid sphere', () => {
  test('at low frequencies: no level, and a delay of 1.5 a / c (Kuhn 1977)', () => {
    for (const cosine of [-1, -0.5, 0.5, 1]) {
      const [re, im] = spherePressure(0.02, cosine);
      expect(Math.hypot(re, im)).toBeCloseTo(1, 3);
      expect(Math.atan2(im, re) / 0.02).toBeCloseTo(1.5 * cosine, 3);
    }
  });

  test('at high frequencies: 6 dB in front, the bright spot behind, shadow between', () => {
    expect(levelDb(30, 1)).toBeCloseTo(6.02, 1);
    expect(levelDb(20, -1)).toBeGreaterThan(levelDb(20, -0.9) + 3);
    expect(levelDb(20, -0.7)).toBeLessThan(-6);
  });
});

test('cosineToEar: left is at azimuth 90', () => {
  expect(cosineToEar(90, 0, 0)).toBeCloseTo(1, 12);
  expect(cosineToEar(90, 0, 1)).toBeCloseTo(-1, 12);
  expect(cosineToEar(0, 90, 0)).toBeCloseTo(0, 12);
});

test('sphereArrivalSec: the interaural delay of Woodworth, a / c (sin + angle)', () => {
  for (const azimuthDeg of [10, 45, 90]) {
    const angle = (azimuthDeg * Math.PI) / 180;
    const delay =
      sphereArrivalSec(cosineToEar(azimuthDeg, 0, 1)) - sphereArrivalSec(cosineToEar(azimuthDeg, 0, 0));
    expect(delay).toBeCloseTo((0.0875 / 343) * (angle + Math.sin(angle)), 9);
  }
});
