import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isHeadHeard } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { straightHead, turnHead } from '../state/head-orientation.ts';
import { headWire } from '../state/head-wire.ts';
import { formatNumber } from '../state/number-text.ts';
import { createHeadMotion, hasHeadMotion } from './head-motion.ts';
import { Icon } from './icons.tsx';
import { Slider } from './slider.tsx';

interface HeadProps {
  readonly audition: Audition;
  readonly isEnabled: boolean;
}

const degrees = (angleDeg: number): string => `${formatNumber(angleDeg, 0)}\u00b0`;

const HeadPicture = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { frontPath, backPath, nose, ears } = headWire(audition.head.value);
  return (
    <svg class="head-picture" viewBox="-1.25 -1.4 2.5 2.65" aria-hidden="true" focusable="false">
      <path class="head-front-mark" d="M-0.09 -1.2 L0 -1.36 L0.09 -1.2z" />
      <path class="head-back" d={backPath} />
      <circle class="head-outline" r="1" />
      {!nose.isInFront && <circle class="head-nose" cx={nose.x} cy={nose.y} r="0.1" />}
      <path class="head-front" d={frontPath} />
      {ears.map((ear, index) => (
        <circle
          key={index}
          class={`head-ear ${ear.isInFront ? '' : 'is-behind'}`}
          cx={ear.x}
          cy={ear.y}
          r="0.08"
        />
      ))}
      {nose.isInFront && <circle class="head-nose" cx={nose.x} cy={nose.y} r="0.13" />}
    </svg>
  );
};

const turnsOfKeys: Readonly<Record<string, { yawDeg?: number; pitchDeg?: number }>> = {
  ArrowLeft: { yawDeg: 1 },
  ArrowRight: { yawDeg: -1 },
  ArrowUp: { pitchDeg: 1 },
  ArrowDown: { pitchDeg: -1 },
};

/** The head: dragged sideways it turns, up and down it nods. */
const Pad = ({ audition, isEnabled }: HeadProps): JSX.Element => {
  const { engine } = audition;
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  const { yawDeg, pitchDeg } = audition.head.value;
  return (
    <div
      class="head-pad"
      role="slider"
      tabIndex={isEnabled ? 0 : -1}
      aria-label="Head: yaw; up and down arrows change pitch"
      aria-disabled={!isEnabled}
      aria-valuemin={-180}
      aria-valuemax={180}
      aria-valuenow={Math.round(yawDeg)}
      aria-valuetext={`yaw ${degrees(yawDeg)}, pitch ${degrees(pitchDeg)}`}
      title="Drag to turn the head; double click: straight ahead"
      onPointerDown={(event) => {
        if (!isEnabled) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={(event) => {
        if (!from.current) return;
        const by = { yawDeg: from.current.x - event.clientX, pitchDeg: from.current.y - event.clientY };
        engine.setHead(turnHead(engine.state.head, by));
        from.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerUp={() => (from.current = undefined)}
      onPointerCancel={() => (from.current = undefined)}
      onDblClick={() => isEnabled && engine.setHead(straightHead)}
      onKeyDown={(event) => {
        const turn = turnsOfKeys[event.key];
        if (!isEnabled || (!turn && event.key !== 'Home')) return;
        const stepDeg = event.shiftKey ? 1 : 5;
        const by = { yawDeg: (turn?.yawDeg ?? 0) * stepDeg, pitchDeg: (turn?.pitchDeg ?? 0) * stepDeg };
        engine.setHead(turn ? turnHead(engine.state.head, by) : straightHead);
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <HeadPicture audition={audition} />
    </div>
  );
};

const MotionButton = ({ audition, isEnabled }: HeadProps): JSX.Element => {
  const state = useSignal<'off' | 'on' | 'refused'>('off');
  const motion = useMemo(() => createHeadMotion((head) => audition.engine.setHead(head)), [audition]);
  useEffect(() => () => motion.stop(), [motion]);
  const toggle = async (): Promise<void> => {
    if (state.value === 'on') {
      motion.stop();
      state.value = 'off';
    } else {
      state.value = (await motion.start()) ? 'on' : 'refused';
    }
  };
  return (
    <button
      type="button"
      class="button toggle small"
      aria-pressed={state.value === 'on'}
      disabled={!isEnabled}
      title="Turn the head with this device"
      onClick={() => void toggle()}
    >
      <Icon name="motion" /> {state.value === 'refused' ? 'Not allowed' : 'Device'}
    </button>
  );
};

/** Where the head points, and everything that turns it; at rest where turning is not heard. */
export const Head = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { engine } = audition;
  const head = audition.head.value;
  const isEnabled = isHeadHeard(audition);
  return (
    <section class={`panel head ${isEnabled ? '' : 'is-resting'}`} aria-label="Head">
      <div class="panel-head">
        <h2>Head</h2>
        <button
          type="button"
          class="button tiny"
          aria-label="Straight ahead"
          title="Straight ahead (\)"
          disabled={!isEnabled}
          onClick={() => engine.setHead(straightHead)}
        >
          <Icon name="straight" />
        </button>
      </div>
      <Pad audition={audition} isEnabled={isEnabled} />
      <div class="head-controls">
        <dl class="head-figures">
          {(['yaw', 'pitch', 'roll'] as const).map((name) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{degrees(head[`${name}Deg`])}</dd>
            </div>
          ))}
        </dl>
        {isEnabled ? (
          <Slider
            label="Roll"
            value={head.rollDeg}
            min={-90}
            max={90}
            step={1}
            restValue={0}
            text={degrees(head.rollDeg)}
            onValue={(rollDeg) => engine.setHead({ ...engine.state.head, rollDeg })}
          />
        ) : (
          <p class="head-rest">Heard in ambisonics and the live scene</p>
        )}
        {hasHeadMotion() && <MotionButton audition={audition} isEnabled={isEnabled} />}
      </div>
    </section>
  );
};
