import type { JSX } from 'preact';
import type { Source } from '../../protocol/session.ts';
import { assignSlot, selectSource } from '../state/audition-actions.ts';
import type { Audition } from '../state/audition-state.ts';
import { clippingText, gainText, heardText, kindText } from './source-texts.ts';

interface CardProps {
  readonly audition: Audition;
  readonly source: Source;
  readonly index: number;
}

const SlotButton = ({ audition, source, slot }: CardProps & { readonly slot: 'a' | 'b' }): JSX.Element => {
  const name = slot.toUpperCase();
  return (
    <button
      type="button"
      class="slot"
      aria-pressed={audition.slots.value[slot] === source.id}
      aria-label={`${source.label} is ${name}`}
      title={`Compare as ${name}`}
      disabled={audition.blind.value !== undefined}
      onClick={() => assignSlot(audition, slot, source.id)}
    >
      {name}
    </button>
  );
};

const SourceCard = (props: CardProps): JSX.Element => {
  const { audition, source, index } = props;
  const isBlind = audition.blind.value !== undefined;
  const isHeard = !isBlind && audition.heardId.value === source.id;
  const clips = clippingText(audition, source.id);
  return (
    <div class={`card ${isHeard ? 'is-heard' : ''}`}>
      <button
        type="button"
        class="card-switch"
        aria-pressed={isHeard}
        disabled={isBlind}
        title={`Hear ${source.label}${index < 9 ? ` (${index + 1})` : ''}`}
        onClick={() => selectSource(audition, source.id)}
      >
        <span class="card-name">
          <span class="card-label">{source.label}</span>
          <span class="card-kind">{kindText(source)}</span>
        </span>
        <span class="card-figures" title={`Loudness as it is heard; ${kindText(source)}`}>
          <span>{heardText(audition, source.id)}</span>
          {clips ? (
            <b class="is-bad" title={`Peaks at ${clips}`}>
              clips
            </b>
          ) : (
            <span class="card-gain">{gainText(audition, source.id)}</span>
          )}
        </span>
      </button>
      {audition.session.sources.length > 1 && (
        <span class="card-slots" role="group" aria-label={`Slots of ${source.label}`}>
          {index < 9 && <kbd>{index + 1}</kbd>}
          <SlotButton {...props} slot="a" />
          <SlotButton {...props} slot="b" />
        </span>
      )}
    </div>
  );
};

/** As many columns as make rows of equal length: up to eight on a wide screen, four on a narrow one. */
export const columnClasses = (count: number): string => {
  const columns = (most: number): number => Math.ceil(count / Math.max(1, Math.ceil(count / most)));
  return `wide-${columns(8)} narrow-${columns(4)}`;
};

/** A switch for each source: what it is, how loud it is heard, what gain makes it comparable. */
export const Sources = ({ audition }: { readonly audition: Audition }): JSX.Element => (
  <section class={`sources ${columnClasses(audition.session.sources.length)}`} aria-label="Sources">
    {audition.session.sources.map((source, index) => (
      <SourceCard key={source.id} audition={audition} source={source} index={index} />
    ))}
  </section>
);
