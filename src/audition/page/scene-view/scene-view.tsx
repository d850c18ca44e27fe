import { useCallback, useState } from 'preact/hooks';
import type { Session, Source } from '../../protocol/session.ts';
import type { ElementSwitch } from '../engine/engine.ts';
import type { SceneViewProps } from '../state/scene-view-props.ts';
import { describeView } from './describe-scene.ts';
import { ElementsList } from './elements-list.tsx';
import { heardPlaces } from './heard-places.ts';
import './scene-view.css';
import { PlanStage, SpaceStage } from './stage.tsx';
import { useRoom, type Room } from './use-room.ts';
import { HeightLegend, ViewToolbar, type ViewName } from './view-toolbar.tsx';

/**
 * The room around the listener, from above or in 3-D: loudspeakers with their levels, objects on their paths in time
 * with what is heard; beside it every element with mute and solo. It fills its container.
 */
export function SceneView(props: SceneViewProps) {
  const { session, scene, engine } = props;
  const room = useRoom(props);
  const { selected, hovered, switches } = room;
  const onHover = useCallback((index: number | undefined) => (hovered.value = index), [hovered]);
  const onSelect = useCallback((index: number | undefined) => (selected.value = index), [selected]);
  const onSwitch = (next: readonly ElementSwitch[]): void => {
    switches.value = next;
    engine.setElements(next);
  };
  return (
    <div class="scene-view">
      <div class={`sv-layout${scene ? '' : ' has-no-list'}`}>
        <RoomPanel {...props} room={room} onHover={onHover} onSelect={onSelect} />
        {scene && (
          <ElementsList
            scene={scene}
            beds={session.sources.find(({ kind }) => kind === 'scene')?.beds ?? []}
            switches={switches.value}
            selected={selected.value}
            reason={reasonFor(session, props.shown.value)}
            bars={room.bars}
            onSwitch={onSwitch}
            onSelect={onSelect}
            onHover={onHover}
          />
        )}
      </div>
    </div>
  );
}

interface RoomPanelProps extends SceneViewProps {
  readonly room: Room;
  readonly onHover: (elementIndex: number | undefined) => void;
  readonly onSelect: (elementIndex: number | undefined) => void;
}

function RoomPanel({ session, scene, shown, room, onHover, onSelect }: RoomPanelProps) {
  const [view, setView] = useState<ViewName>('plan');
  const { controller, live } = room;
  const onPainter = useCallback(controller.setPainter.bind(controller), [controller]);
  const onTurn = useCallback(() => controller.invalidate(), [controller]);
  const Stage = view === 'plan' ? PlanStage : SpaceStage;
  const heard = heardPlaces(session, scene, shown.value?.id ?? '');
  return (
    <div class="sv-main">
      <ViewToolbar view={view} onView={setView} hasNames={room.hasNames} heard={shown.value?.label ?? ''} />
      <div class="sv-stage" ref={room.stage}>
        {/* Another controller draws on canvases of its own: one that has lost its WebGL gets none again. */}
        <Stage
          key={controller}
          description={describeView(view === 'plan' ? 'plan' : '3-D', heard, scene)}
          onPainter={onPainter}
          onHover={onHover}
          onSelect={onSelect}
          onTurn={onTurn}
        />
        {live.spots.length > 0 && <HeightLegend />}
      </div>
      <p class="sv-readout" ref={room.readout} aria-hidden="true" />
    </div>
  );
}

/** Why elements cannot be switched; undefined where they can. */
export function reasonFor(session: Session, shown: Pick<Source, 'id'> | undefined): string | undefined {
  const source = session.sources.find(({ kind }) => kind === 'scene');
  if (!source) return 'The scene itself is not among the sources, so that its elements cannot be switched.';
  return shown?.id === source.id
    ? undefined
    : `Mute, solo and levels are those of “${source.label}”. Choose it to use them.`;
}
