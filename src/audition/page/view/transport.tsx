import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  changeVolume,
  goToStart,
  positionSec,
  setLoopEdge,
  stop,
  toggleLoop,
  togglePlay,
} from '../state/audition-actions.ts';
import { durationSecOf } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { formatNumber } from '../state/number-text.ts';
import { formatTime } from '../state/time-text.ts';
import { onFrames } from './frames.ts';
import { Icon } from './icons.tsx';
import { Slider } from './slider.tsx';

/** Time of the programme, written at screen rate without rendering the page. */
const Position = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      onFrames(() => {
        const text = formatTime(positionSec(audition));
        if (ref.current!.textContent !== text) ref.current!.textContent = text;
      }),
    [audition],
  );
  return (
    <p class="position">
      <span class="position-now" ref={ref}>
        {formatTime(positionSec(audition))}
      </span>
      <span class="position-length">/ {formatTime(durationSecOf(audition.session))}</span>
    </p>
  );
};

const LoopControls = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { isLooping } = audition;
  return (
    <div class="loop" role="group" aria-label="Loop">
      <button
        type="button"
        class="button small"
        title="Loop starts here (I)"
        onClick={() => setLoopEdge(audition, 'start')}
      >
        In
      </button>
      <button
        type="button"
        class="button toggle loop-toggle"
        aria-pressed={isLooping.value}
        title="Loop on, off (L)"
        onClick={() => toggleLoop(audition)}
      >
        <Icon name="loop" />
        Loop
      </button>
      <button
        type="button"
        class="button small"
        title="Loop ends here (O)"
        onClick={() => setLoopEdge(audition, 'end')}
      >
        Out
      </button>
    </div>
  );
};

const Volume = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const volumeDb = audition.volumeDb.value;
  const text = `${formatNumber(volumeDb)} dB`;
  return (
    <div class="volume">
      <Icon name="volume" />
      <Slider
        label="Volume"
        value={volumeDb}
        min={-60}
        max={0}
        step={0.5}
        restValue={0}
        text={text}
        onValue={(db) => changeVolume(audition, db)}
      />
      <output class="volume-text">{text}</output>
    </div>
  );
};

/** Play, stop, time, loop, volume. */
export const Transport = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const isPlaying = audition.isPlaying.value;
  const name = isPlaying ? 'Pause' : 'Play';
  return (
    <section class="transport" aria-label="Transport">
      <button
        type="button"
        class="button quiet"
        aria-label="To the start"
        title="To the start (Home)"
        onClick={() => goToStart(audition)}
      >
        <Icon name="start" />
      </button>
      <button
        type="button"
        class={`button play ${audition.isBuffering.value ? 'is-busy' : ''}`}
        aria-label={name}
        title={`${name} (Space)`}
        onClick={() => togglePlay(audition)}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="button quiet"
        aria-label="Stop and return"
        title="Stop and return"
        onClick={() => stop(audition)}
      >
        <Icon name="stop" />
      </button>
      <Position audition={audition} />
      <LoopControls audition={audition} />
      <Volume audition={audition} />
    </section>
  );
};
