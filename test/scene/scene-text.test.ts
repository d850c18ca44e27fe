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

test('of blocks only changes are written', async () => {
  const durationSec = { numerator: 2n, denominator: 1n };
  const at = (second: bigint, azimuthDeg: number) => ({
    ...objectBlockDefaults,
    startSec: { numerator: second, denominator: 1n },
    durationSec,
    position: { kind: 'polar' as const, azimuthDeg, elevationDeg: 0, distance: 1 },
  });
  const jump = { interpolationLengthSec: { numerator: 1n, denominator: 100n }, gainDb: -Infinity };
  const blocks = [at(0n, 0), { ...at(2n, 0), ...jump }, { ...at(4n, 90), gainDb: -6 }, at(6n, 90)];
  const object = { ...elementDefaults, id: 'object1', name: 'a', kind: 'object' as const, blocks };
  const scene = createScene('song', [object]);
  const text = formatSceneText(scene);
  const written = (JSON.parse(text.split('\n')[1]!) as { blocks: object[] }).blocks;
  expect(written.map((block) => Object.keys(block).sort()).slice(1)).toEqual([
    ['gainDb', 'interpolationLengthSec', 'startSec'],
    ['gainDb', 'position', 'startSec', 'without'],
    ['gainDb', 'startSec'],
  ]);
  const read = await readSceneText(text);
  expect(read).toEqual(scene);
  const [first, second] = (read.elements[0] as typeof object).blocks;
  expect(second!.durationSec).toBe(first!.durationSec);
});

test('others have their turn after each element', async () => {
  let turns = 0;
  await readSceneText(formatSceneText(fullScene), async () => void turns++);
  expect(turns).toBe(fullScene.elements.length);
});

test.each(['', '{', '{}\nnull'])('%j is refused', async (text) => {
  await expect(readSceneText(text)).rejects.toMatchObject({ code: 'scene-text' });
});
