import type { AudioBlock } from '../base/audio-block.ts';
import { kWeighting } from '../dsp/k-weighting.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { WeightedEnergyKernel } from '../kernels/interfaces/meters.ts';
import type { Layout } from '../layouts/layout.ts';
import type { LoudnessCurve, LoudnessMaxima } from './loudness-curve.ts';
import { integratedLoudnessLufs, loudnessRangeLu, powerToLufs } from './loudness-gating.ts';
import { loudnessWeights } from './loudness-weights.ts';

/** What a loudness meter needs. */
export interface LoudnessMeterOptions {
  readonly kernels: Kernels;
  /** 8000..192000. */
  readonly sampleRateHz: number;
  /** The layout, whose positions give the weights, or the weights themselves [channel]; 0 leaves a channel out. */
  readonly layout: Layout | readonly number[];
  /** Hears the weighted energy of every 10 ms [channel]; the array is used again. */
  readonly hearBin?: ((energies: Float64Array) => void) | undefined;
}

/**
 * Loudness of a programme; silence, and what is too short to measure, is -Infinity. The maxima are those of a grid
 * of 10 ms.
 */
export interface LoudnessResult extends LoudnessMaxima {
  /** Gated loudness of the whole programme. */
  readonly integratedLufs: number;
  /** EBU Tech 3342; 0 where nothing passes its gates. */
  readonly loudnessRangeLu: number;
}

/** A loudness meter of "EBU Mode": EBU Tech 3341 on ITU-R BS.1770-5. */
export interface LoudnessMeter {
  /** Takes the next stretch of the programme, all channels of the layout. */
  process(block: AudioBlock): void;
  /** Loudness of the last 400 ms that were measured, in steps of 10 ms. */
  readonly momentaryLufs: number;
  /** Loudness of the last 3 s that were measured, in steps of 10 ms. */
  readonly shortTermLufs: number;
  /** Figures of the programme so far. */
  result(): LoudnessResult;
  /** Weighted mean square of each gating block of 400 ms so far, one every 100 ms. */
  blockPowers(): Float64Array;
  /** Momentary and short-term loudness of the programme so far, every 100 ms. */
  curve(): LoudnessCurve;
  reset(): void;
}

const binsPerStep = 10;
const stepsPerBlock = 4;
const stepsPerShortTerm = 30;
const binsPerMomentary = 40;
const binsPerShortTerm = 300;
/** By how much a maximum must be exceeded, so that of equal windows the first counts. */
const roundingMargin = 1 + 1e-9;
/** Tech 3342, clause 5: a file is followed by 1.5 s of silence, half the window. */
const rangeTailSteps = 15;

/**
 * Creates a loudness meter. Energy is gathered in bins of 10 ms that start at sample round(k * rate / 100);
 * momentary and short-term loudness move with each bin, integrated loudness and loudness range with every
 * tenth. One number is kept for each 100 ms (288 KB an hour), so that the gates are exact however long the
 * programme.
 */
export function createLoudnessMeter(options: LoudnessMeterOptions): LoudnessMeter {
  return new BinnedLoudnessMeter(options);
}

class BinnedLoudnessMeter implements LoudnessMeter {
  readonly #sampleRateHz: number;
  readonly #hearBin: LoudnessMeterOptions['hearBin'];
  /** Channels that count, their samples of the running block, and their weights. */
  readonly #channels: number[];
  readonly #inputs: Float32Array[];
  readonly #weights: number[];
  readonly #filters: WeightedEnergyKernel;
  /** Energy of the running bin [counted channel]. */
  readonly #sums: Float64Array;
  /** Weighted energy of the bin that was closed last [channel]. */
  readonly #energies: Float64Array;
  /** Weighted energy of the last 3 s, bin b at b modulo its length. */
  readonly #ring = new Float64Array(binsPerShortTerm);
  /** Weighted energy of every 100 ms since the start; grows by doubling. */
  #steps = new Float64Array(1024);
  #bin = 0;
  #position = 0;
  #binEnd: number;
  #momentaryPower = 0;
  #shortTermPower = 0;
  #momentaryMaxPower = 0;
  #shortTermMaxPower = 0;
  /** Bins that the windows of the maxima end with; 0 where nothing sounds. */
  #momentaryMaxBin = 0;
  #shortTermMaxBin = 0;

  constructor({ kernels, sampleRateHz, layout, hearBin }: LoudnessMeterOptions) {
    this.#hearBin = hearBin;
    const weights = 'loudspeakers' in layout ? loudnessWeights(layout) : layout;
    this.#sampleRateHz = sampleRateHz;
    this.#channels = [...weights.keys()].filter((channel) => weights[channel] !== 0);
    this.#weights = this.#channels.map((channel) => weights[channel]);
    this.#inputs = this.#channels.map(() => new Float32Array(0));
    this.#sums = new Float64Array(this.#channels.length);
    this.#energies = new Float64Array(weights.length);
    // A layout of nothing but LFE is silent; kernels want a channel at least.
    this.#filters = kernels.createWeightedEnergy(
      Math.max(1, this.#channels.length),
      kWeighting(sampleRateHz),
    );
    this.#binEnd = this.#binStart(1);
  }

  get momentaryLufs(): number {
    return powerToLufs(this.#momentaryPower);
  }

  get shortTermLufs(): number {
    return powerToLufs(this.#shortTermPower);
  }

  process({ channels, frameCount }: AudioBlock): void {
    if (this.#channels.length === 0) return;
    for (let index = 0; index < this.#channels.length; index++) {
      this.#inputs[index] = channels[this.#channels[index]];
    }
    const { capacityFrames } = this.#filters;
    for (let from = 0; from < frameCount; from += capacityFrames) {
      const to = Math.min(frameCount, from + capacityFrames);
      this.#filters.load(this.#inputs, from, to);
      this.#accumulate(to - from);
    }
  }

  /** Takes the frames that are loaded into their bins. */
  #accumulate(frameCount: number): void {
    for (let from = 0; from < frameCount;) {
      const to = Math.min(frameCount, from + this.#binEnd - this.#position);
      this.#filters.accumulate(from, to, this.#sums);
      this.#position += to - from;
      from = to;
      if (this.#position === this.#binEnd) this.#closeBin();
    }
  }

  blockPowers(): Float64Array {
    return this.#powers(stepsPerBlock, 0, 0);
  }

  result(): LoudnessResult {
    return {
      integratedLufs: integratedLoudnessLufs(this.blockPowers()),
      momentaryMaxLufs: powerToLufs(this.#momentaryMaxPower),
      momentaryMaxEndSec: this.#endSec(this.#momentaryMaxBin),
      shortTermMaxLufs: powerToLufs(this.#shortTermMaxPower),
      shortTermMaxEndSec: this.#endSec(this.#shortTermMaxBin),
      loudnessRangeLu: loudnessRangeLu(this.#powers(stepsPerShortTerm, 0, rangeTailSteps)),
    };
  }

  curve(): LoudnessCurve {
    const lufs = (windowSteps: number): number[] =>
      Array.from(this.#powers(windowSteps, windowSteps - 1, 0), powerToLufs);
    return { stepSec: 0.1, momentaryLufs: lufs(stepsPerBlock), shortTermLufs: lufs(stepsPerShortTerm) };
  }

  reset(): void {
    this.#filters.reset();
    this.#sums.fill(0);
    this.#ring.fill(0);
    this.#steps.fill(0);
    this.#bin = 0;
    this.#position = 0;
    this.#binEnd = this.#binStart(1);
    this.#momentaryPower = this.#shortTermPower = 0;
    this.#momentaryMaxPower = this.#shortTermMaxPower = 0;
    this.#momentaryMaxBin = this.#shortTermMaxBin = 0;
  }

  /** End of a bin; NaN for none. */
  #endSec(bin: number): number {
    return bin === 0 ? NaN : this.#binStart(bin) / this.#sampleRateHz;
  }

  /** First sample of a bin. */
  #binStart(bin: number): number {
    return Math.round((bin * this.#sampleRateHz) / 100);
  }

  #closeBin(): void {
    let energy = 0;
    for (let index = 0; index < this.#sums.length; index++) {
      const weighted = this.#weights[index] * this.#sums[index];
      this.#energies[this.#channels[index]] = weighted;
      energy += weighted;
    }
    this.#sums.fill(0);
    this.#filters.flush();
    this.#hearBin?.(this.#energies);
    this.#ring[this.#bin % binsPerShortTerm] = energy;
    this.#bin++;
    this.#binEnd = this.#binStart(this.#bin + 1);
    this.#momentaryPower = this.#ringPower(binsPerMomentary);
    this.#shortTermPower = this.#ringPower(binsPerShortTerm);
    if (this.#momentaryPower > this.#momentaryMaxPower * roundingMargin) {
      this.#momentaryMaxPower = this.#momentaryPower;
      this.#momentaryMaxBin = this.#bin;
    }
    if (this.#shortTermPower > this.#shortTermMaxPower * roundingMargin) {
      this.#shortTermMaxPower = this.#shortTermPower;
      this.#shortTermMaxBin = this.#bin;
    }
    if (this.#bin % binsPerStep === 0) this.#closeStep();
  }

  #closeStep(): void {
    const step = this.#bin / binsPerStep - 1;
    if (step === this.#steps.length) {
      const grown = new Float64Array(2 * step);
      grown.set(this.#steps);
      this.#steps = grown;
    }
    this.#steps[step] = this.#ringEnergy(binsPerStep);
  }

  /** Energy of the newest bins. */
  #ringEnergy(binCount: number): number {
    let energy = 0;
    let slot = (this.#bin - binCount + binsPerShortTerm) % binsPerShortTerm;
    for (let left = binCount; left > 0; left--) {
      energy += this.#ring[slot];
      slot = slot + 1 === binsPerShortTerm ? 0 : slot + 1;
    }
    return energy;
  }

  /** Mean square over the newest bins; silence is taken for bins before the start. */
  #ringPower(binCount: number): number {
    return this.#ringEnergy(binCount) / (this.#binStart(this.#bin) - this.#binStart(this.#bin - binCount));
  }

  /** Mean square of every whole window of so many 100 ms steps, with silent steps before the start and behind the end. */
  #powers(windowSteps: number, headSteps: number, tailSteps: number): Float64Array {
    const stepCount = Math.floor(this.#bin / binsPerStep);
    const powers = new Float64Array(Math.max(0, headSteps + stepCount + tailSteps - windowSteps + 1));
    for (let index = 0; index < powers.length; index++) {
      const start = index - headSteps;
      const end = start + windowSteps;
      let energy = 0;
      for (let step = Math.max(0, start); step < Math.min(end, stepCount); step++)
        energy += this.#steps[step];
      powers[index] = energy / (this.#binStart(end * binsPerStep) - this.#binStart(start * binsPerStep));
    }
    return powers;
  }
}
