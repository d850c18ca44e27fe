/** One of two known sources, or the hidden one. */
export type BlindChoice = 'a' | 'b' | 'x';

/** A blind A/B/X test in progress: which source hides behind X is drawn anew for each trial. */
export interface BlindTest {
  readonly aId: string;
  readonly bId: string;
  /** What X is in this trial. */
  readonly hidden: 'a' | 'b';
  /** What is heard. */
  readonly heard: BlindChoice;
  readonly trialCount: number;
  readonly correctCount: number;
}

const draw = (random: () => number): 'a' | 'b' => (random() < 0.5 ? 'a' : 'b');

/** A test without votes. @param random 0..1, evenly spread */
export const startBlindTest = (aId: string, bId: string, random: () => number): BlindTest => ({
  aId,
  bId,
  hidden: draw(random),
  heard: 'a',
  trialCount: 0,
  correctCount: 0,
});

/** Counts a vote and draws the next X. A is heard again, so that the switch tells nothing of the new X. */
export const vote = (test: BlindTest, guess: 'a' | 'b', random: () => number): BlindTest => ({
  ...test,
  hidden: draw(random),
  heard: 'a',
  trialCount: test.trialCount + 1,
  correctCount: test.correctCount + (guess === test.hidden ? 1 : 0),
});

/** Source that sounds for what is listened to. */
export const heardSourceId = (test: BlindTest): string => {
  const side = test.heard === 'x' ? test.hidden : test.heard;
  return side === 'a' ? test.aId : test.bId;
};

/**
 * Probability of at least so many right answers by guessing: the upper tail of the binomial distribution with 1/2,
 * summed in logarithms so that long tests do not overflow.
 */
export const guessingProbability = (trialCount: number, correctCount: number): number => {
  let logChoose = 0;
  let sum = 0;
  for (let k = 0; k <= trialCount; k++) {
    if (k > 0) logChoose += Math.log(trialCount - k + 1) - Math.log(k);
    if (k >= correctCount) sum += Math.exp(logChoose - trialCount * Math.LN2);
  }
  return Math.min(1, sum);
};

/** "p = 0.172", "p < 0.001". */
export const formatProbability = (probability: number): string =>
  probability < 0.001 ? 'p < 0.001' : `p = ${probability.toFixed(3)}`;
