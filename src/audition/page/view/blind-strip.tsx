import type { JSX } from 'preact';
import { listenTo, resetBlindTest, toggleBlindTest, voteFor } from '../state/audition-actions.ts';
import { sourceOf } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { formatProbability, guessingProbability } from '../state/blind-test.ts';
import type { BlindChoice, BlindTest } from '../state/blind-test.ts';

interface BlindProps {
  readonly audition: Audition;
  readonly test: BlindTest;
}

const Listen = ({ audition, test, choice }: BlindProps & { readonly choice: BlindChoice }): JSX.Element => {
  const id = choice === 'a' ? test.aId : choice === 'b' ? test.bId : undefined;
  return (
    <button
      type="button"
      class="ab-side"
      aria-pressed={test.heard === choice}
      title={`Hear ${choice.toUpperCase()} (${choice.toUpperCase()})`}
      onClick={() => listenTo(audition, choice)}
    >
      <b class="ab-letter">{choice.toUpperCase()}</b>
      <span class="ab-label">{id === undefined ? 'hidden' : sourceOf(audition.session, id)?.label}</span>
    </button>
  );
};

/** "7 of 10, p = 0.172": how often the votes were right, and how probable that is by guessing. */
export const scoreText = ({ trialCount, correctCount }: BlindTest): string =>
  trialCount === 0
    ? 'No votes yet'
    : `${correctCount} of ${trialCount} right, ${formatProbability(guessingProbability(trialCount, correctCount))}`;

/** The blind test, in place of the comparison: listen to A, B and X, say what X is. */
export const BlindStrip = ({ audition, test }: BlindProps): JSX.Element => (
  <section class="strip is-blind" aria-label="Blind test">
    <div class="ab" role="group" aria-label="Listen">
      <Listen audition={audition} test={test} choice="a" />
      <Listen audition={audition} test={test} choice="b" />
      <Listen audition={audition} test={test} choice="x" />
    </div>
    <div class="votes" role="group" aria-label="Vote">
      <button
        type="button"
        class="button primary"
        title="X is A (Shift+A)"
        onClick={() => voteFor(audition, 'a')}
      >
        X is A
      </button>
      <button
        type="button"
        class="button primary"
        title="X is B (Shift+B)"
        onClick={() => voteFor(audition, 'b')}
      >
        X is B
      </button>
    </div>
    <p class="score" role="status" title="p: probability of at least as many right votes by guessing">
      {scoreText(test)}
      {!audition.isMatched.value && <span class="is-bad"> Loudness is not matched</span>}
    </p>
    <button
      type="button"
      class="button"
      disabled={test.trialCount === 0}
      onClick={() => resetBlindTest(audition)}
    >
      Reset
    </button>
    <button type="button" class="button" title="End the test (V)" onClick={() => toggleBlindTest(audition)}>
      End
    </button>
  </section>
);
