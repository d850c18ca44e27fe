import { expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../../src/base/coordinates.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import {
  createChannelLocker,
  cubeLockWeights,
  polarLockWeights,
} from '../../../src/render/panner/channel-lock.ts';
import { cubePositions } from '../../../src/render/panner/cube-panner.ts';

const layout = getLayout('4+7+0');
const loudspeakers = layout.loudspeakers.filter(({ isLfe }) => !isLfe);
const positions = loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
  polarToCartesian(azimuthDeg, elevationDeg),
);
const lock = createChannelLocker(loudspeakers, positions, polarLockWeights);
const labelAt = (position: Vec3, places: readonly Vec3[] = positions): string | undefined =>
  loudspeakers[places.indexOf(position)]?.label;
const always = { maxDistance: undefined };

test('goes to the nearest loudspeaker, if it is near enough', () => {
  const source = polarToCartesian(40, 5);
  expect(labelAt(lock(source, always))).toBe('M+030');
  expect(lock(source, { maxDistance: 0.1 })).toBe(source);
  expect(labelAt(lock(source, { maxDistance: 0.3 }))).toBe('M+030');
  expect(lock(source, undefined)).toBe(source);
});

test('of loudspeakers at the same distance: ear height, then front, then right', () => {
  expect(labelAt(lock([0, 0, 0], always))).toBe('M+000');
  expect(labelAt(lock(polarToCartesian(180, 0), always))).toBe('M-135');
});

test('excluded loudspeakers do not count; in the cube height weighs most', () => {
  const places = cubePositions({ ...layout, loudspeakers });
  const lockCube = createChannelLocker(loudspeakers, places, cubeLockWeights);
  expect(labelAt(lockCube([-0.2, 1, 0.4], always), places)).toBe('M+000');
  const isExcluded = loudspeakers.map(({ label }) => label === 'M+000');
  expect(labelAt(lockCube([-0.2, 1, 0.4], always, isExcluded), places)).toBe('M+030');
});
