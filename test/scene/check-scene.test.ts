import { expect, test } from 'vitest';
import { sceneIssues } from '../../src/scene/check-scene.ts';

const faultsOf = (document: Parameters<typeof sceneIssues>[0]) =>
  sceneIssues(document, new Map([['p.csv', '0,0']])).map(({ path, code }) => `${path} ${code}`);

test('names are unique in the whole scene', () => {
  const object = { name: 'x', file: 'a.wav', position: { azimuthDeg: 0 } };
  expect(faultsOf({ objects: [object], ambisonics: [{ name: 'x', file: 'b', order: 1 }] })).toEqual([
    'ambisonics[0].name name-duplicate',
  ]);
});

test('elements that share a name have identifiers, each its own', () => {
  const object = { file: 'a.wav', position: { azimuthDeg: 0 } };
  const named = (...elements: object[]) =>
    faultsOf({ objects: elements.map((own) => ({ ...object, ...own })) });
  expect(named({ name: 'x', id: 'a' }, { name: 'x', id: 'b' })).toEqual([]);
  expect(named({ name: 'x', id: 'a' }, { name: 'x' })).toEqual(['objects[1].name name-duplicate']);
  expect(named({ name: 'x', id: 'object2' }, { name: 'y' })).toEqual(['objects[1].id id-duplicate']);
});

test('an order names every element once', () => {
  const object = { file: 'a.wav', position: { azimuthDeg: 0 } };
  const objects = [
    { ...object, name: 'x' },
    { ...object, name: 'y', id: 'z' },
  ];
  expect(faultsOf({ objects, order: ['z', 'object1'] })).toEqual([]);
  expect(faultsOf({ objects, order: ['z', 'z', 'q'] })).toEqual([
    'order[1] order-id',
    'order[2] order-id',
    'order order-id',
  ]);
  expect(faultsOf({ objects: [...objects, undefined], order: ['z', 'object1', 'w'] })).toEqual([]);
});

test('a scene is not empty', () => expect(faultsOf({ beds: [] })).toEqual([' scene-empty']));

test('positions come from one source and fit their extent', () => {
  const object = { name: 'x', file: 'a.wav' };
  expect(faultsOf({ objects: [object] })).toEqual(['objects[0].position position-missing']);
  expect(faultsOf({ objects: [{ ...object, path: 'p.csv' }] })).toEqual([]);
  expect(faultsOf({ objects: [{ ...object, path: 'q.csv' }] })).toEqual([
    'objects[0].path side-file-missing',
  ]);
  const divergence = { value: 1, positionRange: 0.5 };
  expect(faultsOf({ objects: [{ ...object, position: { azimuthDeg: 0 }, divergence }] })).toEqual([
    'objects[0].divergence.positionRange divergence-range',
  ]);
  expect(faultsOf({ objects: [{ ...object, blocks: [{ durationSec: 1 }] }] })).toEqual([
    'objects[0].blocks[0].position position-missing',
  ]);
});

test('FuMa ends at order 3', () => {
  const ambisonic = { name: 'a', file: 'a', normalization: 'FuMa' as const };
  expect(faultsOf({ ambisonics: [{ ...ambisonic, order: 4 }] })).toEqual(['ambisonics[0].order order-range']);
  expect(faultsOf({ ambisonics: [{ ...ambisonic, order: 3 }] })).toEqual([]);
});
