import { expect, test } from 'vitest';
import { createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import { formatSceneText, readSceneText } from '../../src/scene/scene-text.ts';
import { fullScene } from './full-scene.ts';

test('a scene in which every property has a value comes back the same', async () => {
  expect(await readSceneText(formatSceneText(fullScene))).toEqual(fullScene);
});

test('silence and times of any length survive', async () => {
  const startSec = { numerator: 10n ** 40n + 1n, denominator: 3n * 10n ** 37n };
  const object = {
    ...elementDefaults,
    ...{ id: 'object1', name: 'line\nbreak', kind: 'object' as const, startSec, gainDb: -Infinity },
    blocks: [{ ...objectBlockDefaults, gainDb: -Infinity, durationSec: startSec }],
  };
  const scene = createScene('song', [object]);
  expect(await readSceneText(formatSceneText(scene))).toEqual(scene);
});

test('others have their turn after each element', async () => {
  let turns = 0;
  await readSceneText(formatSceneText(fullScene), async () => void turns++);
  expect(turns).toBe(fullScene.elements.length);
});

test.each(['', '{', '{}\nnull'])('%j is refused', async (text) => {
  await expect(readSceneText(text)).rejects.toMatchObject({ code: 'scene-text' });
});
