import { expect, test } from 'vitest';
import { ambisonicScene } from '../../src/scene/make-scene.ts';
import { sceneTracks } from '../../src/scene/scene.ts';

test('a scene of one ambisonic bed has (order + 1)^2 tracks', () => {
  expect([1, 3, 7].map((order) => sceneTracks(ambisonicScene(order)).length)).toEqual([4, 16, 64]);
  expect(ambisonicScene(3).elements).toMatchObject([{ kind: 'ambisonic', order: 3, normalization: 'SN3D' }]);
});
