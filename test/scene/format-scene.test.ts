import { expect, test } from 'vitest';
import { formatScene } from '../../src/scene/format-scene.ts';
import { bedScene, createScene, elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import { parseScene } from '../../src/scene/parse-scene.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { sceneDifferences } from '../../src/scene/scene-differences.ts';
import { fullScene } from './full-scene.ts';

const filesOf = ({ elements }: Scene): string[] => elements.map(({ id }) => `${id}.wav`);
const throughText = (scene: Scene): unknown => JSON.parse(JSON.stringify(formatScene(scene, filesOf(scene))));

test('a scene in which every property has a value comes back whole', () => {
  const { scene, stems } = parseScene(throughText(fullScene));
  expect(sceneDifferences(scene, fullScene)).toEqual([]);
  expect(stems.map(({ source }) => 'file' in source && source.file)).toEqual(filesOf(fullScene));
});

test('what is at its default is left out', () => {
  const object = {
    ...elementDefaults,
    id: 'object1',
    name: 'voice',
    kind: 'object' as const,
    blocks: [objectBlockDefaults],
  };
  expect(throughText(createScene('song', [object]))).toEqual({
    version: 1,
    name: 'song',
    programme: { name: 'song' },
    objects: [{ name: 'voice', file: 'object1.wav', position: { azimuthDeg: 0, elevationDeg: 0 } }],
  });
  expect(throughText(bedScene(getLayout('7.1.4')))).toMatchObject({
    beds: [{ name: '4+7+0', layout: '7.1.4', channelOrder: 'itu', file: 'bed1.wav' }],
  });
});

test.each(builtInLayouts.map((layout) => [layout.name, layout] as const))(
  'a bed of layout %s comes back whole',
  (_, layout) => {
    const scene = bedScene(layout);
    expect(sceneDifferences(parseScene(throughText(scene)).scene, scene)).toEqual([]);
  },
);

test('elements of one name have identifiers, those without a name that of the identifier', () => {
  const object = (id: string, name: string) => ({
    ...elementDefaults,
    id,
    name,
    kind: 'object' as const,
    blocks: [objectBlockDefaults],
  });
  const twins = createScene('s', [object('object1', 'a'), object('object2', 'a')]);
  expect(sceneDifferences(parseScene(throughText(twins)).scene, twins)).toEqual([]);
  const nameless = createScene('s', [object('x', '')]);
  expect(sceneDifferences(parseScene(throughText(nameless)).scene, nameless)).toEqual(['elements[0].name']);
});
