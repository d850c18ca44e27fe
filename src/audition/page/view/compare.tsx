import type { JSX } from 'preact';
import { listenTo, toggleBlindTest, toggleSlots } from '../state/audition-actions.ts';
import { sourceOf } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { matchedLoudnessLufs } from '../state/matching.ts';
import { formatNumber } from '../state/number-text.ts';
import { Icon } from './icons.tsx';
import { gainText } from './source-texts.ts';

interface CompareProps {
  readonly audition: Audition;
}

const SlotSwitch = ({ audition, slot }: CompareProps & { readonly slot: 'a' | 'b' }): JSX.Element => {
  const source = sourceOf(audition.session, audition.slots.value[slot]);
  return (
    <button
      type="button"
      class="ab-side"
      aria-pressed={source?.id === audition.heardId.value}
      title={`Hear ${slot.toUpperCase()} (${slot.toUpperCase()})`}
      onClick={() => listenTo(audition, slot)}
    >
      <b class="ab-letter">{slot.toUpperCase()}</b>
      <span class="ab-label">{source?.label}</span>
      <span class="ab-gain">{source && (gainText(audition, source.id) ?? '\u2026')}</span>
    </button>
  );
};

/** What matching does now, or what it waits for. */
export const matchingText = (audition: Audition): string => {
  const { session, overviews, matchReferenceId } = audition;
  const heard = session.sources.map(({ id }) => {
    const answer = overviews.value.get(id)?.answer;
    return { id, heardLufs: answer?.state === 'ready' ? answer.overview.heardLufs : undefined, answer };
  });
  if (!audition.isMatched.value) return 'Levels as they are';
  const waiting = heard.filter(
    ({ answer }) => answer?.state !== 'ready' && answer?.state !== 'failed',
  ).length;
  const lufs = matchedLoudnessLufs(heard, matchReferenceId.value);
  const level = lufs === undefined ? '' : `All at ${formatNumber(lufs)} LUFS`;
  if (waiting > 0) return `${level || 'Not matched yet'}, ${waiting} not measured yet`;
  const failed = heard.filter(({ answer }) => answer?.state === 'failed').length;
  return failed > 0
    ? `${level || 'Not matched'}, ${failed} could not be measured`
    : level || 'Silent, or too short to have a loudness';
};

const Matching = ({ audition }: CompareProps): JSX.Element => {
  const { isMatched, matchReferenceId, session } = audition;
  return (
    <div class="matching" role="group" aria-label="Loudness matching">
      <button
        type="button"
        class="button toggle"
        aria-pressed={isMatched.value}
        title="Loudness matching on, off (M)"
        onClick={() => (isMatched.value = !isMatched.value)}
      >
        Match loudness
      </button>
      <label class="field">
        <span class="field-name">to</span>
        <select
          class="select"
          disabled={!isMatched.value}
          value={matchReferenceId.value ?? ''}
          onChange={(event) => (matchReferenceId.value = event.currentTarget.value || undefined)}
        >
          <option value="">the quietest</option>
          {session.sources.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p class="matching-text" role="status">
        {matchingText(audition)}
      </p>
    </div>
  );
};

/** A and B, their matching, and the way to the blind test. */
export const Compare = ({ audition }: CompareProps): JSX.Element => {
  const { a, b } = audition.slots.value;
  return (
    <section class="strip" aria-label="Compare">
      <div class="ab" role="group" aria-label="A and B">
        <SlotSwitch audition={audition} slot="a" />
        <button
          type="button"
          class="ab-swap"
          aria-label="Switch between A and B"
          title="Switch between A and B (X)"
          onClick={() => toggleSlots(audition)}
        >
          <Icon name="swap" />
        </button>
        <SlotSwitch audition={audition} slot="b" />
      </div>
      <Matching audition={audition} />
      <button
        type="button"
        class="button"
        title={a === b ? 'Give A and B different sources first' : 'Blind A/B/X test (V)'}
        disabled={a === b}
        onClick={() => toggleBlindTest(audition)}
      >
        Blind test
      </button>
    </section>
  );
};
