import { signal } from '@preact/signals';
import renderToString from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { reasonFor, SceneView } from '../../../../src/audition/page/scene-view/scene-view.tsx';
import type { Scene } from '../../../../src/scene/scene.ts';
import { fakeEngine, levelsOf, sceneOf, smallScene, testSession } from './fixtures.ts';

const viewOf = (scene: Scene | undefined, sourceId: string) => {
  const session = testSession();
  const theme = signal<'dark' | 'light'>('dark');
  const engine = fakeEngine(session, sourceId);
  return renderToString(
    <SceneView
      session={session}
      scene={scene}
      engine={engine}
      levels={() => levelsOf(0)}
      shown={signal(session.sources.find(({ id }) => id === sourceId)!)}
      theme={theme}
    />,
  );
};

test('with a scene, its elements can be switched while it is heard', () => {
  const html = viewOf(smallScene(), 'scene');
  expect(html).toContain('aria-label="Mute mover"');
  expect(html).not.toMatch(/aria-label="Mute mover"[^>]*disabled/);
  expect(html).toContain('ear level');
});

test('while another source is heard, the list says why it cannot switch', () => {
  const html = viewOf(smallScene(), 'binaural');
  expect(html).toContain('Choose it to use them');
  expect(html).toContain('headphones');
});

test('without a scene there are the loudspeakers alone', () => {
  const html = viewOf(undefined, '5.1');
  expect(html).toContain('6 loudspeakers of 5.1');
  expect(html).not.toContain('Elements');
  expect(html).not.toContain('ear level');
});

test('beds alone and ambisonic beds are listed', () => {
  const scene = sceneOf({
    beds: [{ name: 'bed', layout: '5.1', file: 'b.wav' }],
    ambisonics: [{ name: 'hall', order: 3, file: 'h.wav' }],
  });
  const html = viewOf(scene, 'scene');
  expect(html).toContain('Solo hall');
  expect(html).toContain('ambisonics, order 3');
});

test('what cannot be heard cannot be switched', () => {
  const session = testSession();
  const heard = { id: 'scene' };
  expect(reasonFor(session, heard)).toBeUndefined();
  const silent = { ...session, sources: session.sources.filter(({ kind }) => kind !== 'scene') };
  expect(reasonFor(session, { id: 'stereo' })).toMatch(/Choose it/);
  expect(reasonFor(silent, heard)).toMatch(/not among the sources/);
});

test('there are no inline styles, which the policy of the page forbids', () => {
  expect(viewOf(smallScene(), 'scene')).not.toContain('style=');
});
