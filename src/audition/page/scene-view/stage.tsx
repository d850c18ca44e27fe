import { useEffect, useRef, useState } from 'preact/hooks';
import { PlanPainter, type Painter } from './plan-painter.ts';
import { DragGesture } from './space/drag-gesture.ts';
import { orbitCommand, orbitHelp } from './space/orbit.ts';
import type { SpacePainter } from './space/space-painter.ts';

/** What a stage shows and reports. */
export interface StageProps {
  /** What is seen, in words. */
  readonly description: string;
  /** Takes the painter when it is ready, and undefined when it has gone. */
  readonly onPainter: (painter: Painter | undefined) => void;
  readonly onHover: (elementIndex: number | undefined) => void;
  readonly onSelect: (elementIndex: number | undefined) => void;
  /** The view was turned, or can be drawn only now: it is drawn anew. */
  readonly onTurn: () => void;
}

/** The room from above. */
export function PlanStage({ description, onPainter, onHover, onSelect }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  useEffect(() => {
    const made = new PlanPainter(canvas.current!);
    painter.current = made;
    onPainter(made);
    return () => {
      onPainter(undefined);
      made.dispose();
    };
  }, [onPainter]);
  const pick = (event: PointerEvent | MouseEvent): number | undefined =>
    painter.current?.pick(...pixelOf(event));
  return (
    <canvas
      ref={canvas}
      class="sv-canvas"
      role="img"
      aria-label={description}
      onPointerMove={(event) => onHover(pick(event))}
      onPointerLeave={() => onHover(undefined)}
      onClick={(event) => onSelect(pick(event))}
    />
  );
}

/** The room in three dimensions; what draws it is loaded when this is first shown. */
export function SpaceStage({ description, onPainter, onHover, onSelect, onTurn }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const names = useRef<HTMLCanvasElement>(null);
  const painter = useRef<SpacePainter | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const gesture = useRef(new DragGesture());

  useEffect(() => {
    let isGone = false;
    loadPainter(canvas.current!, names.current!, onTurn).then(
      (made) => {
        if (isGone) return made.dispose();
        painter.current = made;
        setState('ready');
        onPainter(made);
      },
      () => setState('failed'),
    );
    return () => {
      isGone = true;
      onPainter(undefined);
      painter.current?.dispose();
    };
  }, [onPainter, onTurn]);

  const pick = (event: PointerEvent): number | undefined => painter.current?.pick(...pixelOf(event));
  const onPointerDown = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    gesture.current.down(event.pointerId, event.clientX, event.clientY);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const command = gesture.current.move(event.pointerId, event.clientX, event.clientY);
    if (!command) return onHover(pick(event));
    painter.current?.orbit(command);
    onTurn();
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (gesture.current.up(event.pointerId)) onSelect(pick(event));
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    painter.current?.orbit({ kind: 'zoom', factor: Math.exp(event.deltaY * 0.001) });
    onTurn();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey || event.altKey ? undefined : orbitCommand(event.key);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    painter.current?.orbit(command);
    onTurn();
  };
  return (
    <div
      class="sv-space"
      role="group"
      aria-label={orbitHelp}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={(event) => gesture.current.up(event.pointerId)}
      onPointerLeave={() => onHover(undefined)}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} class="sv-canvas" role="img" aria-label={description} />
      <canvas ref={names} class="sv-canvas sv-overlay" aria-hidden="true" />
      {state !== 'ready' && (
        <p class="sv-message" role="status">
          {state === 'loading'
            ? 'Loading the 3-D view'
            : 'This browser shows no 3-D (WebGL). The plan shows the same.'}
        </p>
      )}
    </div>
  );
}

async function loadPainter(
  canvas: HTMLCanvasElement,
  names: HTMLCanvasElement,
  onReady: () => void,
): Promise<SpacePainter> {
  const { SpacePainter: Made } = await import('./space/space-painter.ts');
  return new Made(canvas, names, onReady);
}

const pixelOf = (event: MouseEvent): readonly [number, number] => {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
};
