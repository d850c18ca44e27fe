import { expect, test } from 'vitest';
import {
  ambisonicScene,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../src/scene/make-scene.ts';
import { sceneTracks } from '../../src/scene/scene.ts';

test('a scene of one ambisonic bed has (order + 1)^2 tracks', () => {
  expect([1, 3, 7].map((order) => sceneTracks(ambisonicScene(order)).length)).toEqual([4, 16, 64]);
  expect(ambisonicScene(3).elements).toMatchObject([{ kind: 'ambisonic', order: 3, normalization: 'SN3D' }]);
});

test('scenes may be made in code', () => {
  const scene = createScene('song', [
    { ...elementDefaults, kind: 'object', id: 'voice', name: 'voice', blocks: [objectBlockDefaults] },
  ]);
  expect(scene).toMatchObject({ version: 1, name: 'song', delivery: { trims: {} } });
  expect(sceneTracks(scene)).toEqual([{ elementIndex: 0, channelIndex: 0 }]);
  expect(Object.isFrozen(objectBlockDefaults)).toBe(true);
});

test('a head-locked pair is a bed of two loudspeakers without HRTF', () => {
  const scene = ambisonicScene(1, { normalization: 'N3D', isHeadLocked: true });
  expect(scene.elements).toMatchObject([
    { kind: 'ambisonic', order: 1, normalization: 'N3D' },
    { kind: 'bed', binauralMode: 'off', channels: [{ label: 'M+030' }, { label: 'M-030' }] },
  ]);
  expect(sceneTracks(scene)).toHaveLength(6);
});
