import { expect, test } from 'vitest';
import { buildScreen } from '../../src/layouts/build-screen.ts';

test('what a screen leaves out is in the middle of the front wall, 16 by 9', () => {
  expect(buildScreen({ widthAzimuthDeg: 40 })).toEqual({
    kind: 'polar',
    azimuthDeg: 0,
    elevationDeg: 0,
    distance: 1,
    aspectRatio: 1.78,
    widthAzimuthDeg: 40,
  });
  expect(buildScreen({ widthX: 0.5, z: 0.2, aspectRatio: 2 })).toEqual({
    kind: 'cartesian',
    centre: [0, 1, 0.2],
    aspectRatio: 2,
    widthX: 0.5,
  });
});
