import { feedbackBlockFrames, requireFeedbackDelay, requirePiece } from '../kernel-options.ts';
import type { FeedbackDelayKernel, FeedbackDelayOptions } from '../interfaces/convolvers.ts';

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

  let count = 0;

  /** Mixes all sums in place by the Hadamard matrix, in three rounds of sums and differences. */
  function mix(): void {
    for (let span = 1; span < lineCount; span *= 2)
      for (let line = 0; line < lineCount; line++) {
        if (line & span) continue;
        const [a, b] = [sums[line]!, sums[line + span]!];
        for (let n = 0; n < count; n++) {
          const difference = a[n]! - b[n]!;
          a[n] = a[n]! + b[n]!;
          b[n] = difference;
        }
      }
  }

  return {
    hopFrames,
    process(input, first, second, start, end) {
      requirePiece('audio', [input, first, second], start, end, hopFrames);
      for (let from = start; from < end; from += feedbackBlockFrames) {
        count = Math.min(feedbackBlockFrames, end - from);
        for (let i = 0; i < lineCount; i++) {
          const [line, sum] = [lines[i]!, sums[i]!];
          const at = historyFrames + from - start - lineSamples[i]!;
          for (let n = 0; n < count; n++)
            sum[n] =
              middles[i]! * line[at + n]! +
              sides[i]! * (line[at + n - tapSpacingSamples]! + line[at + n + tapSpacingSamples]!);
        }
        mix();
        for (let n = 0; n < count; n++) {
          first[from + n] = sums[1]![n]!;
          second[from + n] = sums[2]![n]!;
        }
        for (let i = 0; i < lineCount; i++) {
          const [line, sum] = [lines[i]!, sums[i]!];
          for (let n = 0; n < count; n++) {
            const next = sum[n]! + inGains[i]! * input[from + n]!;
            line[historyFrames + from - start + n] = Math.abs(next) < 1e-30 ? 0 : next;
          }
        }
      }
      for (const line of lines) line.copyWithin(0, end - start);
    },
    reset() {
      for (const line of lines) line.fill(0);
    },
  };
}
