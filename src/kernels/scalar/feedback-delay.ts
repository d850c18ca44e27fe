import { feedbackBlockFrames, requireFeedbackDelay, requireFrames } from '../kernel-options.ts';
import type { FeedbackDelayKernel, FeedbackDelayOptions } from '../kernels.ts';

const lineCount = 8;

/** Creates the scalar `FeedbackDelayKernel`: a block of every line at a time. */
export function createFeedbackDelay(options: FeedbackDelayOptions): FeedbackDelayKernel {
  requireFeedbackDelay(options);
  const { lineSamples, middleGains, sideGains, inputGains, tapSpacingSamples, hopFrames } = options;
  const historyFrames = Math.max(...lineSamples) + tapSpacingSamples;
  /** [line][what went in before, then the hop] */
  const lines = lineSamples.map(() => new Float32Array(historyFrames + hopFrames));
  const sums = lineSamples.map(() => new Float32Array(feedbackBlockFrames));
  // The matrix of ones and minus ones is orthonormal with this.
  const scale = Math.fround(1 / Math.sqrt(lineCount));
  const middles = Float32Array.from(middleGains, (gain) => gain * scale);
  const sides = Float32Array.from(sideGains, (gain) => gain * scale);
  const inGains = Float32Array.from(inputGains);

  /** Mixes all sums in place by the Hadamard matrix, in three rounds of sums and differences. */
  function mix(): void {
    for (let span = 1; span < lineCount; span *= 2)
      for (let line = 0; line < lineCount; line++) {
        if (line & span) continue;
        const [a, b] = [sums[line]!, sums[line + span]!];
        for (let n = 0; n < feedbackBlockFrames; n++) {
          const difference = a[n]! - b[n]!;
          a[n] = a[n]! + b[n]!;
          b[n] = difference;
        }
      }
  }

  return {
    hopFrames,
    processHop(input, first, second) {
      requireFrames('audio', [input, first, second], hopFrames);
      for (let from = 0; from < hopFrames; from += feedbackBlockFrames) {
        for (let i = 0; i < lineCount; i++) {
          const [line, sum] = [lines[i]!, sums[i]!];
          const at = historyFrames + from - lineSamples[i]!;
          for (let n = 0; n < feedbackBlockFrames; n++)
            sum[n] =
              middles[i]! * line[at + n]! +
              sides[i]! * (line[at + n - tapSpacingSamples]! + line[at + n + tapSpacingSamples]!);
        }
        mix();
        first.set(sums[1]!, from);
        second.set(sums[2]!, from);
        for (let i = 0; i < lineCount; i++) {
          const [line, sum] = [lines[i]!, sums[i]!];
          for (let n = 0; n < feedbackBlockFrames; n++) {
            const next = sum[n]! + inGains[i]! * input[from + n]!;
            line[historyFrames + from + n] = Math.abs(next) < 1e-30 ? 0 : next;
          }
        }
      }
      for (const line of lines) line.copyWithin(0, hopFrames);
    },
    reset() {
      for (const line of lines) line.fill(0);
    },
  };
}
