import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { readoutText, shownEngine } from '../../../../src/audition/page/scene-view/use-room.ts';
import { fakeEngine, liveAt, sceneOf, smallScene, testSession } from './fixtures.ts';

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

test('an engine is seen with the source that is shown, not the one that a blind test plays', () => {
  const engine = fakeEngine(testSession(), 'binaural');
  const shown = signal({ id: 'stereo' });
  const seen = shownEngine(engine, shown);
  engine.frame = 7;
  expect(seen.positionFrames()).toBe(7);
  expect(seen.state).toMatchObject({ sourceId: 'stereo', head: engine.state.head });
  shown.value = { id: '5.1' };
  expect(seen.state.sourceId).toBe('5.1');
});
