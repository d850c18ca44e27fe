import { readSceneText } from '../../scene/scene-text.ts';
import { createAudioEngine } from './engine/create-engine.ts';
import type { Audition } from './state/audition-state.ts';
import { createPause } from './state/pause.ts';
import { loadSceneText, loadSession } from './state/server.ts';
import type { LoadSceneView } from './view/scene-panel.tsx';
import { startPage } from './view/start-page.tsx';

/** The view of the scene is fetched when the page stands. */
const loadSceneView: LoadSceneView = async () => (await import('./scene-view/scene-view.tsx')).SceneView;

/** The scene comes after the page: nothing waits for it. */
const loadScene = async (audition: Audition): Promise<void> => {
  if (!audition.session.sources.some(({ kind }) => kind === 'scene')) return;
  const text = await loadSceneText();
  if (text !== undefined) audition.scene.value = await readSceneText(text, createPause());
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const place = document.getElementById('page')!;
try {
  const engine = await createAudioEngine(await loadSession());
  const audition = startPage(place, engine, loadSceneView);
  loadScene(audition).catch((error: unknown) => (audition.notice.value = messageOf(error)));
} catch (error) {
  const message = document.createElement('p');
  message.className = 'fatal';
  message.role = 'alert';
  message.textContent = messageOf(error);
  place.replaceChildren(message);
}
