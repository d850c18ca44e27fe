import { earFftLength, earWindow } from '../ear-convolver-plan.ts';
import { requireEarConvolver, requireEarMix, requireFrames, requireResponse } from '../kernel-options.ts';
import type { EarConvolverKernel, EarConvolverOptions, EarMix } from '../kernels.ts';
import { createComplexFft, type ComplexFft } from './fft.ts';

/** Spectra of both ears of one response. */
interface EarSpectra {
  readonly real: readonly [Float64Array, Float64Array];
  readonly imaginary: readonly [Float64Array, Float64Array];
}

const pairOf = (length: number): [Float64Array, Float64Array] => [
  new Float64Array(length),
  new Float64Array(length),
];

/** Creates the scalar `EarConvolverKernel`, in float64: a transform for each source. */
export function createEarConvolver(options: EarConvolverOptions): EarConvolverKernel {
  requireEarConvolver(options);
  return new ScalarEarConvolver(options);
}

class ScalarEarConvolver implements EarConvolverKernel {
  readonly sourceCount: number;
  readonly hopFrames: number;
  readonly latencySamples: number;
  private readonly options: EarConvolverOptions;
  private readonly fft: ComplexFft;
  private readonly window: Float32Array;
  /** The last three steps [source]. */
  private readonly lines: Float32Array[];
  private readonly spectra: EarSpectra[];
  /** [source * stepCount + step] */
  private readonly mixes: EarMix[];
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** Sum of all sources, left + i right: first as a spectrum, then in time. */
  private readonly sumRe: Float64Array;
  private readonly sumIm: Float64Array;
  /** Output still to be added to [ear]. */
  private readonly outputs: readonly [Float64Array, Float64Array];

  constructor(options: EarConvolverOptions) {
    this.options = options;
    const { sourceCount, responseCount, stepFrames, stepCount } = options;
    this.sourceCount = sourceCount;
    this.hopFrames = stepFrames * stepCount;
    this.latencySamples = 2 * stepFrames;
    const length = earFftLength(options);
    this.fft = createComplexFft(length);
    this.window = earWindow(stepFrames);
    this.lines = Array.from({ length: sourceCount }, () => new Float32Array(3 * stepFrames));
    this.spectra = Array.from({ length: responseCount }, () => ({
      real: pairOf(length / 2),
      imaginary: pairOf(length / 2),
    }));
    this.mixes = Array.from({ length: sourceCount * stepCount }, () => ({
      responses: new Int32Array(3),
      weights: new Float64Array(3),
      delaySamples: new Float64Array(2),
    }));
    [this.re, this.im] = pairOf(length);
    [this.sumRe, this.sumIm] = pairOf(length);
    this.outputs = pairOf(length);
  }

  setResponse(response: number, left: Float32Array, right: Float32Array): void {
    requireResponse(this.options, response, left, right);
    const { real, imaginary } = this.spectra[response]!;
    for (const [ear, taps] of [left, right].entries()) {
      this.re.fill(0).set(taps);
      this.im.fill(0);
      this.fft.forward(this.re, this.im);
      real[ear]!.set(this.re.subarray(0, this.fft.length / 2));
      imaginary[ear]!.set(this.im.subarray(0, this.fft.length / 2));
    }
  }

  setSource(source: number, step: number, mix: EarMix): void {
    requireEarMix(this.options, source, step, mix);
    const own = this.mixes[source * this.options.stepCount + step]!;
    own.responses.set(mix.responses);
    own.weights.set(mix.weights);
    own.delaySamples.set(mix.delaySamples);
  }

  processHop(inputs: readonly Float32Array[], left: Float32Array, right: Float32Array): void {
    requireFrames('inputs', inputs, this.hopFrames);
    const { stepFrames, stepCount } = this.options;
    for (let step = 0; step < stepCount; step++) {
      this.addSources(inputs, step);
      for (let n = 0; n < stepFrames; n++) {
        left[step * stepFrames + n] = this.outputs[0][n]!;
        right[step * stepFrames + n] = this.outputs[1][n]!;
      }
      for (const output of this.outputs) output.copyWithin(0, stepFrames).fill(0, output.length - stepFrames);
    }
  }

  reset(): void {
    for (const line of this.lines) line.fill(0);
    for (const output of this.outputs) output.fill(0);
  }

  /** Adds the windows that end with a step to the outputs. */
  private addSources(inputs: readonly Float32Array[], step: number): void {
    const { stepFrames, stepCount } = this.options;
    this.sumRe.fill(0);
    this.sumIm.fill(0);
    this.lines.forEach((line, source) => {
      line.copyWithin(0, stepFrames);
      for (let n = 0; n < stepFrames; n++) line[2 * stepFrames + n] = inputs[source]![step * stepFrames + n]!;
      this.re.fill(0);
      this.im.fill(0);
      for (let n = 0; n < line.length; n++) this.re[n] = line[n]! * this.window[n]!;
      this.fft.forward(this.re, this.im);
      for (const ear of [0, 1] as const) this.addEar(this.mixes[source * stepCount + step]!, ear);
    });
    this.fft.inverse(this.sumRe, this.sumIm);
    const scale = 1 / this.fft.length;
    for (let n = 0; n < this.fft.length; n++) {
      this.outputs[0][n]! += scale * this.sumRe[n]!;
      this.outputs[1][n]! += scale * this.sumIm[n]!;
    }
  }

  /** Adds what one ear hears of the source whose spectrum lies in `re` and `im`, at bins k and -k. */
  private addEar({ responses, weights, delaySamples }: EarMix, ear: 0 | 1): void {
    const { length } = this.fft;
    const turnRad = (-2 * Math.PI * delaySamples[ear]!) / length;
    for (let k = 0; k < length / 2; k++) {
      let hr = 0;
      let hi = 0;
      for (let j = 0; j < 3; j++) {
        const { real, imaginary } = this.spectra[responses[j]!]!;
        hr += weights[j]! * real[ear][k]!;
        hi += weights[j]! * imaginary[ear][k]!;
      }
      const c = Math.cos(turnRad * k);
      const s = Math.sin(turnRad * k);
      const xr = this.re[k]! * c - this.im[k]! * s;
      const xi = this.re[k]! * s + this.im[k]! * c;
      this.addBin(k, ear, xr * hr - xi * hi, k === 0 ? 0 : xr * hi + xi * hr);
    }
  }

  /** Adds a bin of an ear and its mirror image to left + i right. */
  private addBin(k: number, ear: 0 | 1, re: number, im: number): void {
    const { sumRe, sumIm } = this;
    const mirror = this.fft.length - k;
    if (ear === 0) {
      sumRe[k]! += re;
      sumIm[k]! += im;
    } else {
      sumRe[k]! -= im;
      sumIm[k]! += re;
    }
    if (k === 0) return;
    if (ear === 0) {
      sumRe[mirror]! += re;
      sumIm[mirror]! -= im;
    } else {
      sumRe[mirror]! += im;
      sumIm[mirror]! += re;
    }
  }
}
