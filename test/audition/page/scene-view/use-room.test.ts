import { expect, test } from 'vitest';
import { readoutText } from '../../../../src/audition/page/scene-view/use-room.ts';
import { liveAt, sceneOf, smallScene } from './fixtures.ts';

test('words are on the object that is looked at, else on what to do', () => {
  const { live } = liveAt(smallScene(), 0);
  expect(readoutText(live, 3)).toBe('wide: az 180° el 0° · 60° × 20° · silent');
  expect(readoutText(live, undefined)).toMatch(/Point at an object/);
  expect(readoutText(live, 0)).toMatch(/Point at an object/);
});

test('without objects there is nothing to point at', () => {
  const scene = sceneOf({ beds: [{ name: 'bed', layout: '5.1', file: 'b.wav' }] });
  expect(readoutText(liveAt(scene, 0).live, undefined)).toBe('');
});
