import { expect, test } from 'vitest';
import { buildScreen, screenSchema } from '../../src/layouts/screen-schema.ts';

test('what a screen leaves out is in the middle of the front wall, 16 by 9', () => {
  expect(buildScreen(screenSchema.parse({ widthAzimuthDeg: 40 }))).toEqual({
    kind: 'polar',
    azimuthDeg: 0,
    elevationDeg: 0,
    distance: 1,
    aspectRatio: 1.78,
    widthAzimuthDeg: 40,
  });
  expect(buildScreen(screenSchema.parse({ widthX: 0.5, z: 0.2, aspectRatio: 2 }))).toEqual({
    kind: 'cartesian',
    centre: [0, 1, 0.2],
    aspectRatio: 2,
    widthX: 0.5,
  });
});

test('a screen without a width, or with two kinds of them, is none', () => {
  for (const screen of [{}, { azimuthDeg: 3 }, { widthX: 1, widthAzimuthDeg: 30 }, { widthAzimuthDeg: 180 }])
    expect(screenSchema.safeParse(screen).success).toBe(false);
});
