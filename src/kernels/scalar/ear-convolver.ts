import { requireEarConvolver, requireEars, requireFrames } from '../kernel-options.ts';
import type { EarConvolverKernel, EarConvolverOptions } from '../kernels.ts';
import { readDelayed } from './fractional-delay.ts';
import { createStereoConvolver } from './stereo-convolver.ts';

const silence = new Float32Array(0);

/** Creates the scalar `EarConvolverKernel`: two delay lines a source into a stereo convolver with two inputs a source. */
export function createEarConvolver(options: EarConvolverOptions): EarConvolverKernel {
  requireEarConvolver(options);
  const { sourceCount, tapCount, hopFrames, maximumDelaySamples, table } = options;
  const convolver = createStereoConvolver({ inputCount: 2 * sourceCount, tapCount, hopFrames });
  const ears = Array.from({ length: 2 * sourceCount }, () => new Float32Array(hopFrames));
  const origin = maximumDelaySamples + 16;
  const lines = Array.from({ length: sourceCount }, () => new Float32Array(origin + hopFrames));
  /** Delays [source * 2 + ear] at the start of the next hop and at its end. */
  const starts = new Float64Array(2 * sourceCount).fill(origin / 2);
  const ends = starts.slice();
  let hasStarted = false;
  return {
    sourceCount,
    hopFrames,
    setEars(source, left, right, leftDelaySamples, rightDelaySamples) {
      requireEars(options, source, [left, right], [leftDelaySamples, rightDelaySamples]);
      convolver.setFilters(2 * source, left, silence);
      convolver.setFilters(2 * source + 1, silence, right);
      ends[2 * source] = leftDelaySamples;
      ends[2 * source + 1] = rightDelaySamples;
      if (!hasStarted) starts.set(ends);
    },
    processHop(inputs, left, right) {
      requireFrames('inputs', inputs, hopFrames);
      lines.forEach((line, source) => {
        line.copyWithin(0, hopFrames);
        for (let n = 0; n < hopFrames; n++) line[origin + n] = inputs[source]![n]!;
        for (let ear = 2 * source; ear < 2 * source + 2; ear++) {
          const step = (ends[ear]! - starts[ear]!) / hopFrames;
          readDelayed(table, line, origin, starts[ear]!, step, ears[ear]!);
        }
      });
      starts.set(ends);
      hasStarted = true;
      convolver.processHop(ears, left, right);
    },
    reset() {
      for (const line of lines) line.fill(0);
      starts.set(ends);
      hasStarted = false;
      convolver.reset();
    },
  };
}
