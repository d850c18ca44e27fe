import { expect, test } from 'vitest';
import { createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import { resolveScene } from '../../src/scene/resolve-scene.ts';
import type { AudioObject, ObjectBlock, PositionOffset } from '../../src/scene/scene.ts';

const object = (id: string, more: Partial<AudioObject> = {}): AudioObject => ({
  ...elementDefaults,
  kind: 'object',
  id,
  name: id,
  blocks: [objectBlockDefaults],
  ...more,
});
const blocksOf = (more: Partial<AudioObject>, importanceThreshold?: number): readonly ObjectBlock[] => {
  const [element] = resolveScene(createScene('s', [object('a', more)]), { importanceThreshold }).elements;
  return (element as AudioObject).blocks;
};
const polarOffset: PositionOffset = { kind: 'polar', azimuthDeg: 30, elevationDeg: 10, distance: -0.5 };

test('a scene that nothing changes stays the same object', () => {
  const scene = createScene('s', [object('a', { importance: 0 })]);
  expect(resolveScene(scene)).toBe(scene);
});

test('an offset moves positions of its own kind only', () => {
  expect(blocksOf({ positionOffset: polarOffset })[0]!.position).toEqual({
    kind: 'polar',
    azimuthDeg: 30,
    elevationDeg: 10,
    distance: 0.5,
  });
  const cartesian = { ...objectBlockDefaults, position: { kind: 'cartesian', xyz: [0.5, 0, 0] } } as const;
  expect(blocksOf({ blocks: [cartesian], positionOffset: polarOffset })[0]!.position).toEqual(
    cartesian.position,
  );
  const box: PositionOffset = { kind: 'cartesian', xyz: [0.25, -1, 1] };
  expect(blocksOf({ blocks: [cartesian], positionOffset: box })[0]!.position).toEqual({
    kind: 'cartesian',
    xyz: [0.75, -1, 1],
  });
});

test('elements and blocks below the threshold are silent; without importance they are of the highest', () => {
  const elements = [object('low', { importance: 3 }), object('high', { importance: 4 }), object('unstated')];
  const { elements: resolved } = resolveScene(createScene('s', elements), { importanceThreshold: 4 });
  expect(resolved.map(({ mute }) => mute)).toEqual([true, false, false]);
  const blocks = [
    { ...objectBlockDefaults, importance: 2 },
    { ...objectBlockDefaults, importance: 5 },
  ];
  expect(blocksOf({ blocks }, 4).map(({ gainDb }) => gainDb)).toEqual([-Infinity, 0]);
});
