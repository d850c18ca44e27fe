import { requireChannelConvolver, requireFrames } from '../kernel-options.ts';
import type { ChannelConvolverKernel, ChannelConvolverOptions } from '../interfaces/convolvers.ts';
import { createComplexFft } from './fft.ts';

/** Creates the scalar `ChannelConvolverKernel`: overlap-save, one channel after another, in float64. */
export function createChannelConvolver(options: ChannelConvolverOptions): ChannelConvolverKernel {
  requireChannelConvolver(options);
  const { filters, hopFrames } = options;
  const tapCount = Math.max(...filters.map((filter) => filter.length));
  const length = 2 ** Math.ceil(Math.log2(hopFrames + tapCount - 1));
  const fft = createComplexFft(length);
  const spectra = filters.map((filter) => {
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    filter.forEach((tap, n) => (re[n] = tap / length));
    fft.forward(re, im);
    return { re, im };
  });
  /** The last `length` samples [channel]. */
  const signals = filters.map(() => new Float64Array(length));
  const re = new Float64Array(length);
  const im = new Float64Array(length);

  return {
    channelCount: filters.length,
    hopFrames,
    processHop(inputs, additions, outputs) {
      requireFrames('inputs', inputs, hopFrames);
      requireFrames('additions', additions, hopFrames);
      spectra.forEach((filter, channel) => {
        const signal = signals[channel]!;
        signal.copyWithin(0, hopFrames);
        for (let n = 0; n < hopFrames; n++) signal[length - hopFrames + n] = inputs[channel]![n]!;
        re.set(signal);
        im.fill(0);
        fft.forward(re, im);
        for (let k = 0; k < length; k++) {
          const [xr, xi] = [re[k]!, im[k]!];
          re[k] = xr * filter.re[k]! - xi * filter.im[k]!;
          im[k] = xr * filter.im[k]! + xi * filter.re[k]!;
        }
        fft.inverse(re, im);
        for (let n = 0; n < hopFrames; n++)
          outputs[channel]![n] = additions[channel]![n]! + re[length - hopFrames + n]!;
      });
    },
    reset() {
      for (const signal of signals) signal.fill(0);
    },
  };
}
