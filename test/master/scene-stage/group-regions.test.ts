import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInLayouts } from '../../../src/layouts/built-in.ts';
import {
  edgeWeight,
  outsideAzimuthDeg,
  outsideElevationDeg,
  regionWeight,
} from '../../../src/master/scene-stage/group-regions.ts';

test('an edge is a raised cosine: 1 inside, 3/4 after a third, a half in the middle, 0 at its end', () => {
  expect([-5, 0, 5, 7.5, 15, 20].map((outsideDeg) => edgeWeight(outsideDeg, 15))).toEqual([
    1,
    1,
    expect.closeTo(0.75, 12),
    expect.closeTo(0.5, 12),
    0,
    0,
  ]);
});

test('azimuth ranges run anticlockwise and may lead over the back', () => {
  expect([0, -30, 30, 40, -50, 180].map((deg) => outsideAzimuthDeg(deg, [-30, 30]))).toEqual([
    0, 0, 0, 10, 20, 150,
  ]);
  expect([180, -180, 110, -110, 100, 0].map((deg) => outsideAzimuthDeg(deg, [110, -110]))).toEqual([
    0, 0, 0, 0, 10, 110,
  ]);
  expect(outsideAzimuthDeg(77, [-180, 180])).toBe(0);
  expect(outsideAzimuthDeg(10, [0, 0])).toBe(10);
  expect([-10, 0, 20, 50].map((deg) => outsideElevationDeg(deg, [0, 30]))).toEqual([10, 0, 0, 20]);
});

test('front, surround and height add up to 1 in every direction', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180 }),
      fc.double({ min: -90, max: 90 }),
      (azimuthDeg, elevationDeg) => {
        const [front, surround, height] = (['front', 'surround', 'height'] as const).map((region) =>
          regionWeight(region, azimuthDeg, elevationDeg),
        );
        expect(front! + surround! + height!).toBeCloseTo(1, 14);
        expect(Math.min(front!, surround!, height!)).toBeGreaterThanOrEqual(0);
      },
    ),
    { seed: 7 },
  );
});

test('every loudspeaker of every layout belongs wholly to one region', () => {
  const parts = ['front', 'surround', 'height'] as const;
  for (const { loudspeakers, name } of builtInLayouts)
    for (const { label, isLfe, nominalAzimuthDeg, nominalElevationDeg } of loudspeakers) {
      if (isLfe) continue;
      const weights = parts.map((part) => regionWeight(part, nominalAzimuthDeg, nominalElevationDeg));
      expect([...weights].sort(), `${name} ${label}`).toEqual([0, 0, 1]);
      expect(regionWeight('centre', nominalAzimuthDeg, nominalElevationDeg), label).toBe(
        nominalAzimuthDeg === 0 && nominalElevationDeg === 0 ? 1 : 0,
      );
    }
  expect(regionWeight('front', 75, 0)).toBeCloseTo(0.5, 12);
  expect(regionWeight('height', 0, 22.5)).toBeCloseTo(0.5, 12);
  expect(regionWeight('surround', 180, -30)).toBe(1);
  expect(regionWeight('centre', 10, 0)).toBeCloseTo(0.5, 12);
});
