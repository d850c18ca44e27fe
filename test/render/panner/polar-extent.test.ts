import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createPointSourcePanner } from '../../../src/render/panner/point-source.ts';
import { createPolarExtentPanner, extentAtDistance } from '../../../src/render/panner/polar-extent.ts';

const layout = getLayout('4+7+0');
const pointSource = createPointSourcePanner(layout);
const panner = createPolarExtentPanner(pointSource, 12);
const gainsOf = (widthDeg: number, heightDeg: number, depth: number, distance = 1): number[] => {
  const gains = new Float64Array(12);
  panner.pan(polarToCartesian(0, 0, distance), widthDeg, heightDeg, depth, gains);
  return [...gains];
};

test('without size it is the point source', () => {
  gainsOf(0, 0, 0).forEach((gain, index) => expect(gain).toBeCloseTo(index === 2 ? 1 : 0, 9));
});

test('power is 1 for every size, left is as right', () => {
  for (const [width, height, depth] of [
    [5, 0, 0],
    [40, 20, 0.3],
    [20, 200, 1],
    [360, 360, 0],
  ] as const) {
    const gains = gainsOf(width, height, depth);
    expect(gains.reduce((sum, gain) => sum + gain * gain, 0)).toBeCloseTo(1, 9);
    expect(gains[0]).toBeCloseTo(gains[1]!, 9);
  }
});

test('a wider source reaches more loudspeakers; one at the listener all of them', () => {
  const active = (gains: number[]): number => gains.filter((gain) => gain > 1e-3).length;
  expect(active(gainsOf(60, 0, 0))).toBeGreaterThan(1);
  expect(active(gainsOf(180, 0, 0))).toBeGreaterThan(active(gainsOf(60, 0, 0)));
  expect(active(gainsOf(0, 0, 0, 0))).toBe(11);
});

test('extentAtDistance: as given at 1, all around at 0, less far away', () => {
  expect(extentAtDistance(60, 1)).toBeCloseTo(60, 12);
  expect(extentAtDistance(60, 0)).toBeCloseTo(360, 12);
  expect(extentAtDistance(60, 2)).toBeLessThan(60);
  expect(extentAtDistance(0, 1)).toBe(0);
});
