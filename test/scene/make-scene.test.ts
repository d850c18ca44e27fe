import { expect, test } from 'vitest';
import {
  ambisonicScene,
  bedScene,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../src/scene/make-scene.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
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

test('a scene of one bed has the channels of its layout; those of a layout of its own say where they are', () => {
  const layout = getLayout('5.1');
  const [bed] = bedScene(layout).elements;
  expect(bed).toMatchObject({ kind: 'bed', layout: '0+5+0' });
  const channels = (scene: ReturnType<typeof bedScene>) =>
    scene.elements.flatMap((element) => (element.kind === 'bed' ? element.channels : []));
  expect(channels(bedScene(layout)).map(({ label }) => label)).toEqual(
    layout.loudspeakers.map(({ label }) => label),
  );
  expect(channels(bedScene(layout))[3]).toMatchObject({ isLfe: true, position: undefined });
  expect(channels(bedScene({ ...layout, name: 'studio' }))[4]).toMatchObject({
    position: { azimuthDeg: 110, elevationDeg: 0, distance: 1 },
  });
});
