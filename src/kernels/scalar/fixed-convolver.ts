import { requireFixedConvolver, requirePiece } from '../kernel-options.ts';
import type { FixedConvolverKernel, FixedConvolverOptions } from '../interfaces/convolvers.ts';
import { createComplexFft } from './fft.ts';

/** Creates the scalar `FixedConvolverKernel`: overlap-save, one input after another, in float64. */
export function createFixedConvolver(options: FixedConvolverOptions): FixedConvolverKernel {
  requireFixedConvolver(options);
  const { filters, sendGains, hopFrames } = options;
  const tapCount = filters.reduce((most, { left, right }) => Math.max(most, left.length, right.length), 0);
  const length = 2 ** Math.ceil(Math.log2(hopFrames + tapCount - 1));
  const fft = createComplexFft(length);
  // Inputs are real: with the filter left + i right, one product makes both ears.
  const spectra = filters.map(({ left, right }) => {
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    left.forEach((tap, n) => (re[n] = tap / length));
    right.forEach((tap, n) => (im[n] = tap / length));
    fft.forward(re, im);
    return { re, im };
  });
  const historyFrames = length - hopFrames;
  /** The last `length` samples [input]. */
  const signals = filters.map(() => new Float64Array(length));
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const sumRe = new Float64Array(length);
  const sumIm = new Float64Array(length);

  return {
    inputCount: filters.length,
    hopFrames,
    load(input, samples, from, to, at) {
      const signal = signals[input]!;
      for (let n = from; n < to; n++) signal[historyFrames + at + n - from] = samples[n]!;
    },
    send(output, at, fromFrame, toFrame) {
      requirePiece('output', [output], at, at + toFrame - fromFrame, hopFrames);
      sendGains.forEach((gain, input) => {
        const signal = signals[input]!;
        if (gain === 0) return;
        for (let frame = fromFrame; frame < toFrame; frame++)
          output[at + frame - fromFrame]! += Math.fround(gain) * signal[historyFrames + frame]!;
      });
    },
    processHop() {
      sumRe.fill(0);
      sumIm.fill(0);
      signals.forEach((signal, input) => {
        re.set(signal);
        im.fill(0);
        fft.forward(re, im);
        const filter = spectra[input]!;
        for (let k = 0; k < length; k++) {
          sumRe[k]! += re[k]! * filter.re[k]! - im[k]! * filter.im[k]!;
          sumIm[k]! += re[k]! * filter.im[k]! + im[k]! * filter.re[k]!;
        }
        signal.copyWithin(0, hopFrames);
      });
      fft.inverse(sumRe, sumIm);
    },
    store(left, right, at, fromFrame, toFrame) {
      for (let frame = fromFrame; frame < toFrame; frame++) {
        left[at + frame - fromFrame] = sumRe[historyFrames + frame]!;
        right[at + frame - fromFrame] = sumIm[historyFrames + frame]!;
      }
    },
    reset() {
      for (const signal of signals) signal.fill(0);
      sumRe.fill(0);
      sumIm.fill(0);
    },
  };
}
