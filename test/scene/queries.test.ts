import { expect, test } from 'vitest';
import { parseScene } from '../../src/scene/parse-scene.ts';
import { bedsOf, lfeTracks, objectsOf, pointOf } from '../../src/scene/queries.ts';

test('elements by kind', () => {
  const { scene } = parseScene({
    version: 1,
    beds: [{ name: 'b', layout: '2.0', file: 'b.wav' }],
    objects: [{ name: 'o', file: 'o.wav', position: { azimuthDeg: 0 } }],
  });
  expect(bedsOf(scene).map(({ name }) => name)).toEqual(['b']);
  expect(objectsOf(scene).map(({ name }) => name)).toEqual(['o']);
});

test('the LFEs of all beds, as tracks of the scene', () => {
  const { scene } = parseScene({
    version: 1,
    beds: [
      { name: 'a', layout: '5.1', file: 'a.wav' },
      { name: 'b', layout: '22.2', file: 'b.wav' },
    ],
    objects: [{ name: 'LFE1', file: 'o.wav', position: { azimuthDeg: 0 } }],
  });
  const [first, ...others] = lfeTracks(scene);
  expect(first).toBe(3);
  expect(others).toHaveLength(2);
  expect(others.every((track) => track >= 6 && track < 30)).toBe(true);
});

test('left is at x = -1', () => {
  const [x, y, z] = pointOf({ kind: 'polar', azimuthDeg: 90, elevationDeg: 0, distance: 1 });
  expect([x, y, z].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([-1, 0, 0]);
  expect(pointOf({ kind: 'cartesian', xyz: [0.5, 0, 1] })).toEqual([0.5, 0, 1]);
});
