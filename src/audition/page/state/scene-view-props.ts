import type { ReadonlySignal } from '@preact/signals';
import type { Scene } from '../../../scene/scene.ts';
import type { Session, Source } from '../../protocol/session.ts';
import type { AudioEngine, EngineLevels } from '../engine/engine.ts';

/** What the page gives to the view of the scene, which it loads when it is first shown. */
export interface SceneViewProps {
  readonly session: Session;
  /** Undefined where the folder holds no scene: loudspeakers alone are shown. */
  readonly scene: Scene | undefined;
  readonly engine: AudioEngine;
  /**
   * Levels of this picture of the screen, the same for all who ask. `engine.levels()` forgets what it has told, so
   * that nobody but the page asks it. Silent while a blind test runs, which they would give away.
   */
  readonly levels: () => EngineLevels;
  /** The source whose loudspeakers are shown: the one that is heard, unless a blind test hides which that is. */
  readonly shown: ReadonlySignal<Source | undefined>;
  /** Which theme is seen; custom properties of CSS have changed when this does. */
  readonly theme: ReadonlySignal<'dark' | 'light'>;
}
