import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../../src/base/coordinates.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { defaultScreen, type Screen } from '../../../src/layouts/screen.ts';
import { createScreenMapper } from '../../../src/render/panner/screen.ts';

const wide: Screen = {
  kind: 'polar',
  azimuthDeg: 0,
  elevationDeg: 0,
  distance: 1,
  aspectRatio: 1.78,
  widthAzimuthDeg: 80,
};
const azimuthOf = (position: readonly [number, number, number]) => cartesianToPolar(position).azimuthDeg;

test('edges of the reference screen go to those of the room, the rear stays', () => {
  const { scale } = createScreenMapper(defaultScreen, wide, false);
  expect(azimuthOf(scale(polarToCartesian(29, 0), false))).toBeCloseTo(40, 9);
  expect(azimuthOf(scale(polarToCartesian(-14.5, 0), false))).toBeCloseTo(-20, 9);
  expect(Math.abs(azimuthOf(scale(polarToCartesian(180, 0), false)))).toBeCloseTo(180, 9);
});

test('edge lock holds positions on an edge, polar and in the cube', () => {
  const { lock } = createScreenMapper(defaultScreen, wide, true);
  expect(azimuthOf(lock(polarToCartesian(5, 3), { horizontal: 'left' }, false))).toBeCloseTo(40, 9);
  const top = cartesianToPolar(lock(polarToCartesian(5, 3), { vertical: 'top' }, false));
  expect(top.azimuthDeg).toBeCloseTo(5, 9);
  expect(top.elevationDeg).toBeCloseTo((Math.atan(Math.tan((40 * Math.PI) / 180) / 1.78) * 180) / Math.PI, 9);
  expect(lock([0, 1, 0], { horizontal: 'right' }, true)[0]).toBeCloseTo(1, 9);
});

test('without a screen in the room, or without a lock, nothing moves', () => {
  const none = createScreenMapper(defaultScreen, undefined, true);
  const position = polarToCartesian(12, 7);
  expect(none.scale(position, false)).toBe(position);
  expect(none.lock(position, { horizontal: 'left' }, false)).toBe(position);
  expect(createScreenMapper(defaultScreen, wide, true).lock(position, undefined, false)).toBe(position);
});

test('a cartesian screen of the same size is the same', () => {
  const flat: Screen = {
    kind: 'cartesian',
    centre: [0, 1, 0],
    aspectRatio: 1.78,
    widthX: 2 * Math.tan((29 * Math.PI) / 180),
  };
  const { scale } = createScreenMapper(flat, defaultScreen, false);
  expect(azimuthOf(scale(polarToCartesian(20, 5), false))).toBeCloseTo(20, 9);
});

test('a screen behind the listener is refused', () => {
  expect(() => createScreenMapper({ ...wide, azimuthDeg: 180 }, wide, false)).toThrow(ConfigError);
});
