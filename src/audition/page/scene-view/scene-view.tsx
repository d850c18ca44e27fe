import { useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Session } from '../../protocol/session.ts';
import type { AudioEngine, ElementSwitch, EngineState } from '../engine/engine.ts';
import type { SceneViewProps } from '../state/scene-view-props.ts';
import { describeView, spotText } from './describe-scene.ts';
import { audibleElements, switchesOf } from './element-switches.ts';
import { ElementsList } from './elements-list.tsx';
import { browserClock } from './frame-loop.ts';
import { LevelBars } from './level-bars.ts';
import { LiveScene } from './live-scene.ts';
import './scene-view.css';
import { PlanStage, SpaceStage } from './stage.tsx';
import { readColours, type Colours } from './theme-colours.ts';
import { ViewController } from './view-controller.ts';
import { watchElement } from './watch-element.ts';

/**
 * The room around the listener, from above or in 3-D: loudspeakers with their levels, objects on their paths in time
 * with what is heard; beside it every element with mute and solo. It fills its container.
 */
export function SceneView({ session, scene, engine, levels, theme }: SceneViewProps) {
  const state = useEngineState(engine);
  const [view, setView] = useState<'plan' | 'space'>('plan');
  const hasNames = useSignal(true);
  const selected = useSignal<number | undefined>(undefined);
  const hovered = useSignal<number | undefined>(undefined);
  const switches = switchesOf(engine, scene?.elements.length ?? 0);
  const stage = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const colours = useRef<Colours | undefined>(undefined);
  const isCalm = useRef(false);
  const live = useMemo(() => new LiveScene(session, scene, engine), [session, scene, engine]);
  const bars = useMemo(() => new LevelBars(), [scene]);
  const controller = useMemo(() => {
    const onPicture = (): void => {
      const index = hovered.peek() ?? selected.peek();
      if (readout.current) readout.current.textContent = readoutText(live, index);
    };
    const looks = () =>
      colours.current && {
        colours: colours.current,
        selected: selected.peek(),
        hovered: hovered.peek(),
        audible: audibleElements(switches.peek()),
        hasNames: hasNames.peek(),
        isCalm: isCalm.current,
        isLive: live.heard.isScene,
      };
    return new ViewController({ live, levels, looks, bars, onPicture, clock: browserClock });
  }, [live, levels, bars, switches]);

  useEffect(
    () =>
      watchElement(stage.current!, {
        onSize: (widthPx, heightPx, pixelRatio) => controller.resize(widthPx, heightPx, pixelRatio),
        onShown: (isShown) => controller.show(isShown),
        onCalm: (calm) => {
          isCalm.current = calm;
          controller.invalidate();
        },
      }),
    [controller],
  );
  useSignalEffect(() => {
    void theme.value;
    colours.current = stage.current ? readColours(stage.current) : undefined;
    controller.invalidate();
  });
  useSignalEffect(() => {
    void [selected.value, hovered.value, hasNames.value, switches.value];
    controller.invalidate();
  });

  const onPainter = useCallback(controller.setPainter.bind(controller), [controller]);
  const onHover = useCallback((index: number | undefined) => (hovered.value = index), [hovered]);
  const onSelect = useCallback((index: number | undefined) => (selected.value = index), [selected]);
  const onTurn = useCallback(() => controller.invalidate(), [controller]);
  const onSwitch = (next: readonly ElementSwitch[]): void => {
    switches.value = next;
    engine.setElements(next);
  };
  const stageProps = { onPainter, onHover, onSelect, onTurn };
  const Stage = view === 'plan' ? PlanStage : SpaceStage;
  const viewWord = view === 'plan' ? 'plan' : '3-D';
  return (
    <div class="scene-view">
      <div class={`sv-layout${scene ? '' : ' has-no-list'}`}>
        <div class="sv-main">
          <header class="sv-toolbar">
            <div class="sv-segments" role="group" aria-label="View of the room">
              <button type="button" aria-pressed={view === 'plan'} onClick={() => setView('plan')}>
                Plan
              </button>
              <button type="button" aria-pressed={view === 'space'} onClick={() => setView('space')}>
                3-D
              </button>
            </div>
            <button
              type="button"
              class="sv-toggle"
              aria-pressed={hasNames.value}
              onClick={() => (hasNames.value = !hasNames.value)}
            >
              Names
            </button>
            <span class="sv-heard">{sourceLabel(session, state)}</span>
          </header>
          <div class="sv-stage" ref={stage}>
            <Stage {...stageProps} description={describeView(viewWord, live.heard, scene)} />
            {live.spots.length > 0 && <HeightLegend />}
          </div>
          <p class="sv-readout" ref={readout} aria-hidden="true" />
        </div>
        {scene && (
          <ElementsList
            scene={scene}
            switches={switches.value}
            selected={selected.value}
            reason={reasonFor(session, state)}
            bars={bars}
            onSwitch={onSwitch}
            onSelect={onSelect}
            onHover={onHover}
          />
        )}
      </div>
    </div>
  );
}

function HeightLegend() {
  return (
    <ul class="sv-legend" aria-label="Colours of heights">
      <li class="sv-legend-high">above</li>
      <li class="sv-legend-ear">ear level</li>
      <li class="sv-legend-low">below</li>
    </ul>
  );
}

/** The state of an engine; draws the component anew when it changes. */
function useEngineState(engine: AudioEngine): EngineState {
  const [state, setState] = useState(engine.state);
  useEffect(() => {
    setState(engine.state);
    return engine.subscribe(setState);
  }, [engine]);
  return state;
}

const sourceLabel = (session: Session, { sourceId }: EngineState): string =>
  session.sources.find(({ id }) => id === sourceId)?.label ?? '';

function readoutText(live: LiveScene, index: number | undefined): string {
  const spot = live.spots.find(({ elementIndex }) => elementIndex === index);
  if (spot) return spotText(spot, live, live.heard.isScene);
  return live.spots.length > 0 ? 'Point at an object for its path and place' : '';
}

/** Why elements cannot be switched; undefined where they can. */
export function reasonFor(session: Session, { sourceId }: EngineState): string | undefined {
  const source = session.sources.find(({ kind }) => kind === 'scene');
  if (!source) return 'The scene itself is not among the sources, so that its elements cannot be switched.';
  return sourceId === source.id
    ? undefined
    : `Mute, solo and levels are those of “${source.label}”. Choose it to use them.`;
}
