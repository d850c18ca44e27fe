import { expect, test } from 'vitest';
import { parseScene } from '../../src/scene/parse-scene.ts';
import { sceneTracks, trackCountOf } from '../../src/scene/scene.ts';

test('tracks come by element, then by channel', () => {
  const { scene } = parseScene({
    version: 1,
    beds: [{ name: 'b', layout: '2.0', file: 'b.wav' }],
    objects: [{ name: 'o', file: 'o.wav', position: { azimuthDeg: 0 } }],
    ambisonics: [{ name: 'a', file: 'a.wav', order: 1 }],
  });
  expect(scene.elements.map(trackCountOf)).toEqual([2, 1, 4]);
  expect(
    sceneTracks(scene).map(({ elementIndex, channelIndex }) => `${elementIndex}.${channelIndex}`),
  ).toEqual(['0.0', '0.1', '1.0', '2.0', '2.1', '2.2', '2.3']);
});
