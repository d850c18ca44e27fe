import { useComputed, useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { positionSec, seekTo, setLoop, toggleCurve } from '../state/audition-actions.ts';
import { durationSecOf, overviewOf } from '../state/audition-state.ts';
import type { Audition, CurveName } from '../state/audition-state.ts';
import { formatFigure } from '../state/number-text.ts';
import { curveAt } from '../state/overview-geometry.ts';
import { formatTime, spokenTime } from '../state/time-text.ts';
import { Canvas } from './canvas.tsx';
import { onFrames } from './frames.ts';
import { drawOverview, overviewMargins } from './overview-draw.ts';
import { createOverviewGestures } from './overview-gestures.ts';
import type { OverviewGestures } from './overview-gestures.ts';
import { drawOverviewLayer } from './overview-layer-draw.ts';

interface PartProps {
  readonly audition: Audition;
  /** Where the pointer is, in pixels from the start. */
  readonly hoverX: Signal<number | undefined>;
  readonly width: Signal<number>;
}

const curveTexts: readonly (readonly [CurveName, string])[] = [
  ['momentary', 'Momentary'],
  ['short-term', 'Short-term'],
  ['integrated', 'Integrated'],
  ['target', 'Target'],
];

/** Time and loudness under the pointer. */
const HoverText = ({ audition, hoverX, width }: PartProps): JSX.Element => {
  const x = hoverX.value;
  const overview = overviewOf(audition, audition.shown.value?.id);
  if (x === undefined || width.value === 0) return <p class="hover-text" />;
  const timeSec = (x / width.value) * durationSecOf(audition.session);
  const reachSec = (8 * timeSec) / Math.max(1, x);
  const note = audition.notes.notes.value.find((one) => Math.abs(one.timeSec - timeSec) < reachSec);
  const at = (curve: readonly (number | null)[]): string =>
    formatFigure(curveAt(curve, overview!.curveStepSec, timeSec) ?? null);
  return (
    <p class="hover-text">
      <b>{formatTime(timeSec)}</b>
      {note ? <span class="hover-note">{note.text}</span> : null}
      {overview && !note && (
        <>
          <span>M {at(overview.momentaryLufs)}</span>
          <span>S {at(overview.shortTermLufs)}</span>
          <span>I {at(overview.integratedCurveLufs)}</span>
          <span class="unit">LUFS</span>
        </>
      )}
    </p>
  );
};

const StillLayer = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const source = audition.shown.value;
  const drawing = {
    overview: overviewOf(audition, source?.id),
    frameCount: audition.session.frameCount,
    durationSec: durationSecOf(audition.session),
    targetLufs: source?.targetLufs,
    curves: audition.curves.value,
  };
  return (
    <Canvas class="layer" theme={audition.theme.shown} draw={(picture) => drawOverview(picture, drawing)} />
  );
};

const MarkLayer = ({ audition, hoverX }: PartProps): JSX.Element => {
  const { session, loop, isLooping, notes } = audition;
  const layer = {
    frameCount: session.frameCount,
    loop: loop.value,
    isLooping: isLooping.value,
    flagFrames: notes.notes.value.map((note) => note.timeSec * session.sampleRateHz),
    hoverX: hoverX.value,
  };
  return (
    <Canvas
      class="layer"
      theme={audition.theme.shown}
      draw={(picture) => drawOverviewLayer(picture, layer)}
    />
  );
};

/** The playhead: moved by the compositor, nothing is drawn again. */
const Playhead = ({ audition, width }: PartProps): JSX.Element => {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      onFrames(() => {
        const share = positionSec(audition) / durationSecOf(audition.session);
        ref.current!.style.transform = `translateX(${(share * width.peek()).toFixed(2)}px)`;
      }),
    [audition, width],
  );
  return <div class="playhead" ref={ref} />;
};

/** Says where the programme is, once a second, to those who hear the page. */
const useSpokenPosition = (audition: Audition): Signal<number> => {
  const seconds = useSignal(Math.floor(positionSec(audition)));
  useEffect(() => onFrames(() => (seconds.value = Math.floor(positionSec(audition)))), [audition, seconds]);
  return seconds;
};

const useGestures = (audition: Audition, width: Signal<number>): OverviewGestures =>
  useMemo(
    () =>
      createOverviewGestures({
        width: () => width.peek(),
        frameCount: audition.session.frameCount,
        sampleRateHz: audition.session.sampleRateHz,
        loop: () => audition.loop.peek(),
        flagFrames: () =>
          audition.notes.notes.peek().map((note) => note.timeSec * audition.session.sampleRateHz),
        seek: (frame) => seekTo(audition, frame / audition.session.sampleRateHz),
        setLoop: (loop) => setLoop(audition, loop),
      }),
    [audition, width],
  );

const Surface = ({ audition, hoverX, width }: PartProps): JSX.Element => {
  const ref = useRef<HTMLDivElement>(null);
  const gestures = useGestures(audition, width);
  const seconds = useSpokenPosition(audition);
  const words = useComputed(() => spokenTime(seconds.value));
  useEffect(() => {
    const element = ref.current!;
    const measure = (): void => void (width.value = Math.max(0, element.clientWidth - overviewMargins.right));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [width]);
  const xOf = (event: PointerEvent): number => {
    const left = ref.current!.getBoundingClientRect().left;
    return Math.min(width.peek(), Math.max(0, event.clientX - left));
  };
  return (
    <div
      ref={ref}
      class="overview-surface"
      role="slider"
      tabIndex={0}
      aria-label="Position in the programme"
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationSecOf(audition.session))}
      aria-valuenow={seconds}
      aria-valuetext={words}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        ref.current!.setPointerCapture(event.pointerId);
        gestures.press(xOf(event), event.shiftKey);
      }}
      onPointerMove={(event) => {
        hoverX.value = xOf(event);
        gestures.move(xOf(event));
      }}
      onPointerUp={(event) => gestures.release(xOf(event))}
      onPointerCancel={() => gestures.cancel()}
      onPointerLeave={() => (hoverX.value = undefined)}
      onKeyDown={(event) => {
        const bySec = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5 }[event.key];
        if (bySec !== undefined) seekTo(audition, positionSec(audition) + bySec);
        else if (event.key === 'Home') seekTo(audition, 0);
        else if (event.key === 'End') seekTo(audition, durationSecOf(audition.session));
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <StillLayer audition={audition} />
      <MarkLayer audition={audition} hoverX={hoverX} width={width} />
      <Playhead audition={audition} hoverX={hoverX} width={width} />
    </div>
  );
};

const LoopText = ({ audition }: { readonly audition: Audition }): JSX.Element | null => {
  const { loop, isLooping, session } = audition;
  if (!loop.value || !isLooping.value) return null;
  const { startFrame, endFrame } = loop.value;
  const [start, end] = [startFrame, endFrame].map((frame) => formatTime(frame / session.sampleRateHz));
  return (
    <p class="loop-text">
      Loop {start} – {end}
    </p>
  );
};

/** How far the overview is, where there is something to say. */
const OverviewState = ({ audition }: { readonly audition: Audition }): JSX.Element | null => {
  const id = audition.shown.value?.id;
  const known = id === undefined ? undefined : audition.overviews.value.get(id);
  if (known?.answer.state === 'failed') return <p class="state is-bad">{known.answer.message}</p>;
  if (known?.answer.state === 'ready') return null;
  const percent = Math.round((known?.answer.state === 'working' ? known.answer.progress : 0) * 100);
  return (
    <p class="state">
      Measuring <progress max={100} value={percent} aria-label="Measuring" /> {percent} %
    </p>
  );
};

/** Waveform and loudness of what is heard, with everything that happens along the time. */
export const OverviewPanel = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const hoverX = useSignal<number | undefined>(undefined);
  const width = useSignal(0);
  const heading = useComputed(() => {
    const source = audition.shown.value;
    return audition.blind.value ? `${source?.label} (A)` : (source?.label ?? 'Overview');
  });
  return (
    <section class="panel overview" aria-label="Overview">
      <div class="panel-head">
        <h2>{heading}</h2>
        <OverviewState audition={audition} />
        <LoopText audition={audition} />
        <HoverText audition={audition} hoverX={hoverX} width={width} />
        <div class="legend" role="group" aria-label="Curves">
          {curveTexts.map(([name, text]) => (
            <button
              key={name}
              type="button"
              class={`chip curve-${name}`}
              aria-pressed={audition.curves.value.has(name)}
              disabled={name === 'target' && audition.shown.value?.targetLufs === undefined}
              onClick={() => toggleCurve(audition, name)}
            >
              {text}
            </button>
          ))}
        </div>
      </div>
      <Surface audition={audition} hoverX={hoverX} width={width} />
    </section>
  );
};
