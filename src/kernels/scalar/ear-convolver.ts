import { earBand, earFftLength, earOverlapSteps, earWindow } from '../ear-convolver-plan.ts';
import { requireEarConvolver, requireEarMix, requireFrames, requireResponse } from '../kernel-options.ts';
import type { EarConvolverKernel, EarConvolverOptions, EarMix } from '../interfaces/convolvers.ts';
import { createComplexFft, type ComplexFft } from './fft.ts';

/** The bins of each ear that are worked out. */
interface EarSpectra {
  readonly real: readonly [Float64Array, Float64Array];
  readonly imaginary: readonly [Float64Array, Float64Array];
}

const pairOf = (length: number): [Float64Array, Float64Array] => [
  new Float64Array(length),
  new Float64Array(length),
];

const spectraOf = (binCount: number): EarSpectra => ({
  real: pairOf(binCount),
  imaginary: pairOf(binCount),
});

function copySpectra(from: EarSpectra, to: EarSpectra): void {
  for (const ear of [0, 1] as const) {
    to.real[ear].set(from.real[ear]);
    to.imaginary[ear].set(from.imaginary[ear]);
  }
}

/** Creates the scalar `EarConvolverKernel`, in float64: a transform for each source. */
export function createEarConvolver(options: EarConvolverOptions): EarConvolverKernel {
  requireEarConvolver(options);
  return new ScalarEarConvolver(options);
}

class ScalarEarConvolver implements EarConvolverKernel {
  readonly sourceCount: number;
  readonly hopFrames: number;
  private readonly options: EarConvolverOptions;
  private readonly fft: ComplexFft;
  private readonly band: Float32Array;
  private readonly binCount: number;
  private readonly window: Float32Array;
  private readonly blockFrames: number;
  /** The last samples, as many as a transform takes [source]. */
  private readonly lines: Float32Array[];
  private readonly responses: EarSpectra[];
  /** How a source is heard in each step, those that reach into the hop first [source][earOverlapSteps + step]. */
  private readonly heard: EarSpectra[];
  /** Room for them, which steps that are not set do not use, and whether each is set. */
  private readonly rooms: readonly EarSpectra[];
  private readonly isSet: Uint8Array;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** What all sources sound like under one window, left + i right: first as a spectrum, then in time. */
  private readonly sumRe: Float64Array;
  private readonly sumIm: Float64Array;

  constructor(options: EarConvolverOptions) {
    this.options = options;
    const { sourceCount, responseCount, stepFrames, blockSteps, stepCount } = options;
    this.sourceCount = sourceCount;
    this.hopFrames = stepFrames * stepCount;
    this.blockFrames = stepFrames * blockSteps;
    const length = earFftLength(options);
    this.fft = createComplexFft(length);
    this.band = earBand(length, options.bandwidth);
    this.binCount = this.band.length;
    this.window = earWindow(stepFrames);
    this.lines = Array.from({ length: sourceCount }, () => new Float32Array(length));
    this.responses = Array.from({ length: responseCount }, () => spectraOf(this.binCount));
    const placeCount = sourceCount * (stepCount + earOverlapSteps);
    this.rooms = Array.from({ length: placeCount }, () => spectraOf(this.binCount));
    this.heard = [...this.rooms];
    this.isSet = new Uint8Array(this.rooms.length);
    [this.re, this.im] = pairOf(length);
    [this.sumRe, this.sumIm] = pairOf(length);
  }

  setResponse(response: number, left: Float32Array, right: Float32Array): void {
    requireResponse(this.options, response, left, right);
    const { real, imaginary } = this.responses[response]!;
    for (const [ear, taps] of [left, right].entries()) {
      this.re.fill(0).set(taps);
      this.im.fill(0);
      this.fft.forward(this.re, this.im);
      this.band.forEach((weight, k) => {
        real[ear]![k] = weight * this.re[k]!;
        imaginary[ear]![k] = weight * this.im[k]!;
      });
    }
  }

  setSource(source: number, step: number, mix: EarMix): void {
    requireEarMix(this.options, source, step, mix);
    const place = this.placeOf(source, step);
    for (const ear of [0, 1] as const) this.mixEar(mix, ear, this.rooms[place]!);
    this.isSet[place] = 1;
  }

  processHop(inputs: readonly Float32Array[], left: Float32Array, right: Float32Array): void {
    requireFrames('inputs', inputs, this.hopFrames);
    const { sourceCount, blockSteps, stepCount } = this.options;
    for (let source = 0; source < sourceCount; source++) this.startSource(source);
    left.fill(0, 0, this.hopFrames);
    right.fill(0, 0, this.hopFrames);
    for (let step = 0; step < stepCount; step += blockSteps) {
      this.takeBlock(inputs, step);
      for (let setting = step - earOverlapSteps; setting < step + blockSteps; setting++) {
        this.sumRe.fill(0);
        this.sumIm.fill(0);
        for (let source = 0; source < sourceCount; source++) this.addSource(source, setting);
        this.fft.inverse(this.sumRe, this.sumIm);
        this.addOutputs(setting, step, left, right);
      }
    }
    for (let source = 0; source < sourceCount; source++)
      for (let step = -earOverlapSteps; step < 0; step++)
        copySpectra(
          this.heard[this.placeOf(source, step + stepCount)]!,
          this.rooms[this.placeOf(source, step)]!,
        );
    this.isSet.fill(0);
  }

  reset(): void {
    for (const line of this.lines) line.fill(0);
    this.isSet.fill(0);
    const silence = spectraOf(this.binCount);
    for (let source = 0; source < this.sourceCount; source++)
      for (let step = -earOverlapSteps; step < 0; step++)
        copySpectra(silence, this.rooms[this.placeOf(source, step)]!);
  }

  private placeOf(source: number, step: number): number {
    return source * (this.options.stepCount + earOverlapSteps) + step + earOverlapSteps;
  }

  /** Decides how a source is heard in the steps of a hop. */
  private startSource(source: number): void {
    for (let step = 0; step < this.options.stepCount; step++) {
      const place = this.placeOf(source, step);
      this.heard[place] = this.isSet[place] ? this.rooms[place]! : this.heard[place - 1]!;
    }
  }

  /** Works out what one ear hears a source through. */
  private mixEar(mix: EarMix, ear: 0 | 1, output: EarSpectra): void {
    const { responses, weights, delaySamples, driftSamples } = mix;
    const binRad = (-2 * Math.PI) / this.fft.length;
    const turnRad = binRad * delaySamples[ear]!;
    const rise = (binRad * driftSamples[ear]!) ** 2 / 6;
    for (let k = 0; k < this.binCount; k++) {
      let re = 0;
      let im = 0;
      for (let j = 0; j < 3; j++) {
        const { real, imaginary } = this.responses[responses[j]!]!;
        re += weights[j]! * real[ear][k]!;
        im += weights[j]! * imaginary[ear][k]!;
      }
      const c = (1 + rise * k * k) * Math.cos(turnRad * k);
      const s = (1 + rise * k * k) * Math.sin(turnRad * k);
      output.real[ear][k] = re * c - im * s;
      output.imaginary[ear][k] = k === 0 ? 0 : re * s + im * c;
    }
  }

  /** Moves the lines on by a block. */
  private takeBlock(inputs: readonly Float32Array[], step: number): void {
    const from = step * this.options.stepFrames;
    this.lines.forEach((line, source) => {
      line.copyWithin(0, this.blockFrames);
      line.set(inputs[source]!.subarray(from, from + this.blockFrames), line.length - this.blockFrames);
    });
  }

  /** Adds the spectrum of a source, heard as in a step, to the sum. */
  private addSource(source: number, step: number): void {
    const { fft, re, im } = this;
    re.set(this.lines[source]!);
    im.fill(0);
    fft.forward(re, im);
    const { real, imaginary } = this.heard[this.placeOf(source, step)]!;
    for (const ear of [0, 1] as const)
      for (let k = 0; k < this.binCount; k++) {
        const hr = real[ear][k]!;
        const hi = imaginary[ear][k]!;
        this.addBin(k, ear, re[k]! * hr - im[k]! * hi, re[k]! * hi + im[k]! * hr);
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

  /** Adds the sum under the window of a setting to the block that begins with a step. */
  private addOutputs(setting: number, step: number, left: Float32Array, right: Float32Array): void {
    const { stepFrames } = this.options;
    const windowStart = setting * stepFrames;
    const blockStart = step * stepFrames;
    const blockEnd = blockStart + this.blockFrames;
    const scale = 1 / this.fft.length;
    // What comes before the block in the transform is wrapped round.
    const shift = this.fft.length - blockEnd;
    const end = Math.min(blockEnd, windowStart + this.window.length);
    for (let n = Math.max(blockStart, windowStart); n < end; n++) {
      const gain = scale * this.window[n - windowStart]!;
      left[n]! += gain * this.sumRe[n + shift]!;
      right[n]! += gain * this.sumIm[n + shift]!;
    }
  }
}
