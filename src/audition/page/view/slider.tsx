import type { JSX } from 'preact';

interface SliderProps {
  readonly label: string;
  readonly class?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words. */
  readonly text: string;
  readonly isDisabled?: boolean;
  /** Where a double click leads. */
  readonly restValue: number;
  readonly onValue: (value: number) => void;
}

/** A slider that says what it is, and goes home on a double click. */
export const Slider = (props: SliderProps): JSX.Element => (
  <input
    type="range"
    class={`slider ${props.class ?? ''}`}
    aria-label={props.label}
    aria-valuetext={props.text}
    title={props.label}
    min={props.min}
    max={props.max}
    step={props.step}
    value={props.value}
    disabled={props.isDisabled ?? false}
    onInput={(event) => props.onValue(event.currentTarget.valueAsNumber)}
    onDblClick={() => props.onValue(props.restValue)}
  />
);
