import { expect, test } from 'vitest';
import { explainTrack } from '../../../src/render/explain/explanation.ts';
import { elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';

const object = {
  ...elementDefaults,
  kind: 'object',
  id: 'object1',
  name: '',
  blocks: [objectBlockDefaults],
} as const;
const found = { rule: 'panned', outputs: [{ label: 'L', gainDb: 0 }], leastLevelDb: 0, mostLevelDb: 0 };

test('a track is called by the name of its element, or by its id', () => {
  expect(explainTrack(object, undefined, found)).toMatchObject({ element: 'object1', ...found });
  expect(explainTrack({ ...object, name: 'voice' }, undefined, found).element).toBe('voice');
});

test('what is muted goes nowhere', () => {
  expect(explainTrack({ ...object, mute: true }, undefined, found)).toMatchObject({
    rule: 'muted',
    outputs: [],
    mostLevelDb: -Infinity,
  });
});
