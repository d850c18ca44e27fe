import { expect, test } from 'vitest';
import { firstTracksOf } from '../../../src/io/adm/write-plan.ts';
import { bedOf, objectOf, sceneOf } from './write-scenes.ts';

test('elements begin where the tracks of those before them end', () => {
  expect(firstTracksOf(sceneOf(objectOf('a'), bedOf('5.1'), objectOf('b'), bedOf('2.0')))).toEqual([
    0, 1, 7, 8,
  ]);
});
