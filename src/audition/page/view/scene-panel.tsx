import { useSignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Audition } from '../state/audition-state.ts';
import type { SceneViewProps } from '../state/scene-view-props.ts';

/** Fetches the view of the scene. */
export type LoadSceneView = () => Promise<ComponentType<SceneViewProps>>;

interface ScenePanelProps {
  readonly audition: Audition;
  readonly load: LoadSceneView;
}

/** The place of the scene view, which comes when the rest of the page stands. */
export const ScenePanel = ({ audition, load }: ScenePanelProps): JSX.Element => {
  const view = useSignal<{ readonly View?: ComponentType<SceneViewProps>; readonly problem?: string }>({});
  useEffect(() => {
    load().then(
      (View) => (view.value = { View }),
      () =>
        (view.value = {
          problem: 'The view of the scene could not be loaded. Reload the page to try again.',
        }),
    );
  }, [load, view]);
  const { View, problem } = view.value;
  return (
    <section class="panel scene" aria-label="Scene">
      {View ? (
        <View
          session={audition.session}
          scene={audition.scene.value}
          engine={audition.engine}
          levels={audition.levels}
          shown={audition.shown}
          theme={audition.theme.shown}
        />
      ) : (
        <p class="empty">{problem ?? 'Loading'}</p>
      )}
    </section>
  );
};
