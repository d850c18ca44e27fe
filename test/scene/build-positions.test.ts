import { expect, test } from 'vitest';
import { buildChannelPosition, buildPosition, buildPositionOffset } from '../../src/scene/build-positions.ts';

test('what positions leave out is at ear height, on the loudspeakers', () => {
  expect(buildPosition({ azimuthDeg: 30 })).toMatchObject({ kind: 'polar', elevationDeg: 0, distance: 1 });
  expect(buildPosition({ x: 1, y: 0 })).toMatchObject({ kind: 'cartesian', xyz: [1, 0, 0] });
});

test('channels keep their bounds and edges', () => {
  const bounds = { azimuthDeg: [20, 40] as [number, number] };
  expect(buildChannelPosition({ azimuthDeg: 30, bounds })).toMatchObject({
    azimuthDeg: 30,
    distance: 1,
    bounds,
  });
  const screenEdgeLock = { horizontal: 'left' } as const;
  expect(buildChannelPosition({ x: -1, y: 1, screenEdgeLock })).toMatchObject({
    xyz: [-1, 1, 0],
    screenEdgeLock,
  });
});

test('an offset is of the kind that its coordinates say', () => {
  expect(buildPositionOffset({ elevationDeg: 5 })).toEqual({
    kind: 'polar',
    azimuthDeg: 0,
    elevationDeg: 5,
    distance: 0,
  });
  expect(buildPositionOffset({ z: 0.5 })).toEqual({ kind: 'cartesian', xyz: [0, 0, 0.5] });
});
