import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../src/base/time.ts';
import { sceneDifferences } from '../../src/scene/scene-differences.ts';
import type { AudioObject, Scene } from '../../src/scene/scene.ts';
import { fullScene } from './full-scene.ts';

const withObject = (values: Partial<AudioObject>): Scene => ({
  ...fullScene,
  elements: fullScene.elements.map((element, index) =>
    index === 0 ? { ...(element as AudioObject), ...values } : element,
  ),
});

test('a scene is itself, however its times are written', () => {
  expect(sceneDifferences(fullScene, structuredClone(fullScene))).toEqual([]);
  const later = withObject({ startSec: { numerator: 2n, denominator: 12000n } });
  expect(sceneDifferences(fullScene, later)).toEqual([]);
});

test('differences have their places', () => {
  expect(sceneDifferences(fullScene, withObject({ startSec: rationalFromDecimal(1) }))).toEqual([
    'elements[0].startSec',
  ]);
  expect(sceneDifferences(fullScene, withObject({ importance: undefined, blocks: [] }))).toEqual([
    'elements[0].importance',
    'elements[0].blocks',
  ]);
  const trims = { ...fullScene.delivery.trims, '2.0': { ...fullScene.delivery.trims['2.0']!, heightDb: 9 } };
  expect(sceneDifferences(fullScene, { ...fullScene, delivery: { ...fullScene.delivery, trims } })).toEqual([
    'delivery.trims["2.0"].heightDb',
  ]);
});
