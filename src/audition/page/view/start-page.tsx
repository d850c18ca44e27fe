import { render } from 'preact';
import type { AudioEngine } from '../engine/engine.ts';
import { createAudition } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { createCookieStore } from '../state/cookie-store.ts';
import { createNotesStore } from '../state/notes-store.ts';
import { createOverviewStore } from '../state/overview-store.ts';
import { loadOverview, notesTransport } from '../state/server.ts';
import { createTheme } from '../state/theme.ts';
import { listenToKeys } from './keyboard.ts';
import { Page } from './page.tsx';
import type { LoadSceneView } from './scene-panel.tsx';

/** Shows the page over an engine, in an element. @returns its state */
export const startPage = (
  place: HTMLElement,
  engine: AudioEngine,
  loadSceneView: LoadSceneView,
): Audition => {
  const theme = createTheme({
    prefersLight: window.matchMedia('(prefers-color-scheme: light)'),
    storage: createCookieStore(document),
    apply: (name) => void (document.documentElement.dataset['theme'] = name),
  });
  const notes = createNotesStore(notesTransport);
  const overviewStore = createOverviewStore(engine.session, loadOverview);
  const audition = createAudition({
    engine,
    overviewStore,
    notes,
    theme,
    frameTime: () => Number(document.timeline.currentTime ?? performance.now()),
  });
  document.title = `${engine.session.title} \u00b7 periphon audition`;
  window.addEventListener('pagehide', () => {
    if (notes.save.peek().is === 'waiting') void notes.flush();
  });
  listenToKeys(audition);
  place.textContent = '';
  render(<Page audition={audition} loadSceneView={loadSceneView} />, place);
  return audition;
};
