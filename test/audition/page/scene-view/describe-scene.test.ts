import { expect, test } from 'vitest';
import { describeView, kindText, spotText } from '../../../../src/audition/page/scene-view/describe-scene.ts';
import { liveAt, sceneOf, smallScene } from './fixtures.ts';

test('a view is summed up in words', () => {
  const scene = smallScene();
  expect(describeView('plan', liveAt(scene, 0).live.heard, scene)).toBe(
    'The room from above, front at the top; around the listener: 1 bed, 3 objects (mover, short, wide).',
  );
  expect(describeView('3-D', liveAt(scene, 0, 0, '5.1').live.heard, scene)).toBe(
    "The room in three dimensions; around the listener: 6 loudspeakers of 5.1, and the scene's 3 objects (mover, short, wide).",
  );
  expect(describeView('plan', liveAt(undefined, 0, 0, 'binaural').live.heard, undefined)).toBe(
    'The room from above, front at the top; around the listener: headphones.',
  );
});

test('elements say what they are', () => {
  const scene = sceneOf({
    beds: [{ name: 'bed', layout: '7.1.4', file: 'a.wav' }],
    objects: [{ name: 'o', file: 'o.wav', position: { azimuthDeg: 0 } }],
    ambisonics: [{ name: 'hall', order: 3, file: 'h.wav' }],
  });
  const texts = scene.elements.map((element) => kindText(element)).sort();
  expect(texts).toEqual(['ambisonics, order 3', 'bed, 12 channels', 'object']);
  expect(kindText(scene.elements[0]!, '7.1.4')).toBe('bed 7.1.4');
});

test('an object says where it is, how wide and how loud', () => {
  const { live } = liveAt(smallScene(), 48_000 * 1.5, 0.1);
  const [mover, short, wide] = live.spots;
  expect(spotText(mover!, live, true)).toBe('mover: az 45° el 0° · −20 dB');
  expect(spotText(short!, live, true)).toBe('short: not sounding here');
  expect(spotText(wide!, live, false)).toBe('wide: az 180° el 0° · 60° × 20°');
});
