import { useSignal, useSignalEffect, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Source } from '../../protocol/session.ts';
import type { ElementSwitch } from '../engine/engine.ts';
import type { SceneViewProps } from '../state/scene-view-props.ts';
import { spotText } from './describe-scene.ts';
import { audibleElements, switchesOf } from './element-switches.ts';
import { browserClock } from './frame-loop.ts';
import { LevelBars } from './level-bars.ts';
import { LiveScene, type SceneEngine } from './live-scene.ts';
import type { Looks } from './picture.ts';
import { readColours, type Colours } from './theme-colours.ts';
import { ViewController } from './view-controller.ts';
import { watchElement } from './watch-element.ts';

/** How the listener has set the view. */
export interface RoomSettings {
  readonly hasNames: Signal<boolean>;
  readonly selected: Signal<number | undefined>;
  readonly hovered: Signal<number | undefined>;
  readonly switches: Signal<readonly ElementSwitch[]>;
}

/** The running picture of a room. */
export interface Room extends RoomSettings {
  readonly live: LiveScene;
  readonly bars: LevelBars;
  readonly controller: ViewController;
  /** The element that the view fills. */
  readonly stage: RefObject<HTMLDivElement | null>;
  /** Takes the words on what is looked at. */
  readonly readout: RefObject<HTMLParagraphElement | null>;
}

/** Runs the picture of a room while its component lives: with the theme, the size, and only while it is seen. */
export function useRoom(props: SceneViewProps): Room {
  const { session, scene, engine, shown, theme } = props;
  const settings: RoomSettings = {
    hasNames: useSignal(true),
    selected: useSignal<number | undefined>(undefined),
    hovered: useSignal<number | undefined>(undefined),
    switches: switchesOf(engine, scene?.elements.length ?? 0),
  };
  const stage = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const seen = useRef<Seen>({ colours: undefined, isCalm: false }).current;
  const [live, bars, controller] = useMemo(() => {
    const live = new LiveScene(session, scene, shownEngine(engine, shown));
    const bars = new LevelBars();
    return [live, bars, controllerOf(props, settings, live, bars, seen, readout)] as const;
  }, [session, scene, engine, shown]);

  useEffect(
    () =>
      watchElement(stage.current!, {
        onSize: (widthPx, heightPx, pixelRatio) => controller.resize(widthPx, heightPx, pixelRatio),
        onShown: (isShown) => controller.show(isShown),
        onCalm: (isCalm) => {
          seen.isCalm = isCalm;
          controller.invalidate();
        },
      }),
    [controller],
  );
  useSignalEffect(() => {
    void theme.value;
    if (stage.current) seen.colours = readColours(stage.current);
    controller.invalidate();
  });
  useSignalEffect(() => {
    void shown.value;
    for (const setting of Object.values<Signal>({ ...settings })) void setting.value;
    controller.invalidate();
  });
  return { ...settings, live, bars, controller, stage, readout };
}

/** The engine as it is shown: a blind test does not tell which source it plays. */
export const shownEngine = (
  engine: SceneEngine,
  shown: ReadonlySignal<Pick<Source, 'id'> | undefined>,
): SceneEngine => ({
  get state() {
    return { ...engine.state, sourceId: shown.peek()?.id ?? '' };
  },
  positionFrames: () => engine.positionFrames(),
});

/** What is known of the screen. */
interface Seen {
  colours: Colours | undefined;
  isCalm: boolean;
}

function controllerOf(
  { scene, levels }: SceneViewProps,
  { hasNames, selected, hovered, switches }: RoomSettings,
  live: LiveScene,
  bars: LevelBars,
  seen: Seen,
  readout: RefObject<HTMLParagraphElement | null>,
): ViewController {
  const onPicture = (): void => {
    const text = readoutText(live, hovered.peek() ?? selected.peek());
    if (readout.current && readout.current.textContent !== text) readout.current.textContent = text;
  };
  const elements = scene?.elements ?? [];
  const looks = (): Looks | undefined =>
    seen.colours && {
      colours: seen.colours,
      selected: selected.peek(),
      hovered: hovered.peek(),
      // Switches are those of the scene: other sources hold all that the scene lets through.
      audible: live.heard.isScene
        ? audibleElements(switches.peek(), elements)
        : elements.map(({ mute }) => !mute),
      hasNames: hasNames.peek(),
      isCalm: seen.isCalm,
      isLive: live.heard.isScene,
    };
  return new ViewController({ live, levels, looks, bars, onPicture, clock: browserClock });
}

/** Words on the object that is looked at, or what to do. */
export function readoutText(live: LiveScene, elementIndex: number | undefined): string {
  const spot = live.spots.find((each) => each.elementIndex === elementIndex);
  if (spot) return spotText(spot, live, live.heard.isScene);
  return live.spots.length > 0 ? 'Point at an object for its path and place' : '';
}
