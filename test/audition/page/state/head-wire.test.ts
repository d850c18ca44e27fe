import { expect, test } from 'vitest';
import { headWire } from '../../../../src/audition/page/state/head-wire.ts';

test('seen from behind and above, the nose of a straight head points up the picture', () => {
  const { nose, ears } = headWire({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
  expect(nose.x).toBeCloseTo(0, 9);
  expect(nose.y).toBeLessThan(-0.8);
  expect(ears[0]!.x).toBeCloseTo(-1, 9);
  expect(ears[1]!.x).toBeCloseTo(1, 9);
});

test('a head that looks to the left has its nose on the left', () => {
  expect(headWire({ yawDeg: 90, pitchDeg: 0, rollDeg: 0 }).nose.x).toBeCloseTo(-1.16, 9);
  expect(headWire({ yawDeg: 180, pitchDeg: 0, rollDeg: 0 }).nose.isInFront).toBe(true);
  expect(headWire({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 }).nose.isInFront).toBe(false);
});

test('wires are drawn in two halves that stay on the sphere', () => {
  const { frontPath, backPath } = headWire({ yawDeg: 25, pitchDeg: 10, rollDeg: -5 });
  for (const path of [frontPath, backPath]) {
    const points = path.split(/[ML]/).slice(1);
    expect(points.length).toBeGreaterThan(50);
    for (const point of points) expect(Math.hypot(...point.split(' ').map(Number))).toBeLessThan(1.001);
  }
});
