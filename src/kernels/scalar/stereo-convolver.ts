import { InternalError } from '../../base/errors.ts';
import { requireConvolver, requireFrames, requireInteger } from '../kernel-options.ts';
import type { StereoConvolverKernel, StereoConvolverOptions } from '../interfaces/convolvers.ts';
import { createComplexFft, type ComplexFft } from './fft.ts';

/** A complex spectrum or, before the transform, a complex signal. */
interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const createComplex = (length: number): Complex => ({
  re: new Float64Array(length),
  im: new Float64Array(length),
});

function clear({ re, im }: Complex): void {
  re.fill(0);
  im.fill(0);
}

/** sum += a b */
function multiplyAdd(sum: Complex, a: Complex, b: Complex): void {
  for (let k = 0; k < sum.re.length; k++) {
    sum.re[k]! += a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    sum.im[k]! += a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!;
  }
}

/**
 * Creates the scalar `StereoConvolverKernel`: overlap-save in one partition, in float64. The inputs are real, so
 * the filter left + i right makes both ears with one complex product: the result is left + i right again.
 */
export function createStereoConvolver(options: StereoConvolverOptions): StereoConvolverKernel {
  requireConvolver(options);
  return new ScalarStereoConvolver(options);
}

class ScalarStereoConvolver implements StereoConvolverKernel {
  readonly inputCount: number;
  readonly hopFrames: number;
  private readonly tapCount: number;
  private readonly fft: ComplexFft;
  /** The last fft.length samples [input]. */
  private readonly signals: Float64Array[];
  /** Filter spectra [input]: those of the last hop and those that `setFilters` gave. */
  private readonly current: Complex[];
  private readonly next: Complex[];
  private readonly isFading: boolean[];
  private readonly spectrum: Complex;
  /** Sums of the static inputs with the old filters or the new ones of the fading inputs. */
  private readonly oldSum: Complex;
  private readonly newSum: Complex;
  private hasStarted = false;

  constructor({ inputCount, tapCount, hopFrames }: StereoConvolverOptions) {
    this.inputCount = inputCount;
    this.tapCount = tapCount;
    this.hopFrames = hopFrames;
    const length = 2 ** Math.ceil(Math.log2(hopFrames + tapCount - 1));
    this.fft = createComplexFft(length);
    const each = <T>(make: () => T): T[] => Array.from({ length: inputCount }, make);
    this.signals = each(() => new Float64Array(length));
    this.current = each(() => createComplex(length));
    this.next = each(() => createComplex(length));
    this.isFading = each(() => false);
    this.spectrum = createComplex(length);
    this.oldSum = createComplex(length);
    this.newSum = createComplex(length);
  }

  setFilters(input: number, left: ArrayLike<number>, right: ArrayLike<number>): void {
    requireInteger('input', input, 0, this.inputCount - 1);
    if (left.length > this.tapCount || right.length > this.tapCount) {
      const length = Math.max(left.length, right.length);
      throw new InternalError(
        'kernel-options',
        `filter of ${length} taps; at most ${this.tapCount} are allowed`,
      );
    }
    const filter = this.hasStarted ? this.next[input]! : this.current[input]!;
    clear(filter);
    const scale = 1 / this.fft.length;
    for (let tap = 0; tap < left.length; tap++) filter.re[tap] = left[tap]! * scale;
    for (let tap = 0; tap < right.length; tap++) filter.im[tap] = right[tap]! * scale;
    this.fft.forward(filter.re, filter.im);
    this.isFading[input] = this.hasStarted;
  }

  processHop(inputs: readonly Float32Array[], left: Float32Array, right: Float32Array): void {
    requireFrames('inputs', inputs, this.hopFrames);
    this.hasStarted = true;
    clear(this.newSum);
    for (let input = 0; input < this.inputCount; input++) this.shift(this.signals[input]!, inputs[input]!);
    for (let input = 0; input < this.inputCount; input++) {
      if (!this.isFading[input]) this.addInput(input, this.current, this.newSum);
    }
    const fades = this.isFading.includes(true);
    if (fades) this.addFadingInputs();
    this.fft.inverse(this.newSum.re, this.newSum.im);
    if (fades) this.crossfade();
    const from = this.fft.length - this.hopFrames;
    for (let frame = 0; frame < this.hopFrames; frame++) {
      left[frame] = this.newSum.re[from + frame]!;
      right[frame] = this.newSum.im[from + frame]!;
    }
  }

  reset(): void {
    for (const signal of this.signals) signal.fill(0);
    for (let input = 0; input < this.inputCount; input++) if (this.isFading[input]) this.adoptNext(input);
    this.hasStarted = false;
  }

  private shift(signal: Float64Array, samples: Float32Array): void {
    signal.copyWithin(0, this.hopFrames);
    const from = signal.length - this.hopFrames;
    for (let frame = 0; frame < this.hopFrames; frame++) signal[from + frame] = samples[frame]!;
  }

  private addInput(input: number, filters: readonly Complex[], sum: Complex): void {
    this.spectrum.re.set(this.signals[input]!);
    this.spectrum.im.fill(0);
    this.fft.forward(this.spectrum.re, this.spectrum.im);
    multiplyAdd(sum, this.spectrum, filters[input]!);
  }

  private addFadingInputs(): void {
    this.oldSum.re.set(this.newSum.re);
    this.oldSum.im.set(this.newSum.im);
    for (let input = 0; input < this.inputCount; input++) {
      if (!this.isFading[input]) continue;
      this.addInput(input, this.current, this.oldSum);
      multiplyAdd(this.newSum, this.spectrum, this.next[input]!);
      this.adoptNext(input);
    }
    this.fft.inverse(this.oldSum.re, this.oldSum.im);
  }

  private adoptNext(input: number): void {
    [this.current[input], this.next[input]] = [this.next[input]!, this.current[input]!];
    this.isFading[input] = false;
  }

  /** newSum = oldSum (1 - f) + newSum f, where f goes from 0 at the start of the hop to 1 at that of the next. */
  private crossfade(): void {
    const from = this.fft.length - this.hopFrames;
    for (let frame = 0; frame < this.hopFrames; frame++) {
      const k = from + frame;
      const fade = frame / this.hopFrames;
      this.newSum.re[k] = this.oldSum.re[k]! + (this.newSum.re[k]! - this.oldSum.re[k]!) * fade;
      this.newSum.im[k] = this.oldSum.im[k]! + (this.newSum.im[k]! - this.oldSum.im[k]!) * fade;
    }
  }
}
