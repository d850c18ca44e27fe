import { requireFrames, requireLimiterGain } from '../kernel-options.ts';
import type { LimiterGainKernel, LimiterGainOptions, LimiterRelease } from '../interfaces/gains.ts';
import { leastReduction, limiterGrid, mostReduction } from '../limiter-grid.ts';

/** Creates the scalar `LimiterGainKernel`. */
export function createLimiterGain(options: LimiterGainOptions): LimiterGainKernel {
  requireLimiterGain(options);
  const { lookaheadSamples } = options;
  const links = options.links.slice();
  const ceilingGain = Math.fround(options.ceilingGain);
  const groupCount = Math.sqrt(links.length);
  const curves = Array.from({ length: groupCount }, () => new ReductionCurve(options));
  const required = new Float64Array(groupCount);
  /** Groups that give something [taking group]. */
  const giving = curves.map((_, group) =>
    [...curves.keys()].filter((other) => links[group * groupCount + other]! > 0),
  );

  return {
    groupCount,
    latencySamples: lookaheadSamples,
    process(peaks, frameCount, gains) {
      requireFrames('peaks', peaks, frameCount);
      requireFrames('gains', gains, frameCount);
      for (let frame = 0; frame < frameCount; frame++) {
        for (let group = 0; group < groupCount; group++) {
          const peak = peaks[group]![frame]!;
          required[group] = peak > ceilingGain ? Math.min(Math.log2(peak / ceilingGain), mostReduction) : 0;
        }
        for (let group = 0; group < groupCount; group++) {
          let linked = 0;
          for (const other of giving[group]!) {
            linked = Math.max(linked, links[group * groupCount + other]! * required[other]!);
          }
          gains[group]![frame] = 2 ** -curves[group]!.next(linked);
        }
      }
    },
    reset: () => curves.forEach((curve) => curve.reset()),
  };
}

/**
 * The reduction of one group. Van Herk's sliding maximum (blocks of the window's length, prefix maxima of this
 * block against suffix maxima of the last), release, then two running sums over half the look-ahead plus one, so
 * that both averages together span exactly the look-ahead. Reductions are rounded up to a grid on which the sums
 * are exact integers: no drift, no dependence on cuts, and never below what is required.
 */
class ReductionCurve {
  private readonly release: LimiterRelease;
  private readonly grid: number;
  private readonly outputScale: number;
  /** Sliding maximum: required reductions of this block, and suffix maxima of the block before (one entry more). */
  private readonly block: Float64Array;
  private readonly suffixMaxima: Float64Array;
  private blockPosition = 0;
  private prefixMaximum = 0;
  private reduction = 0;
  private follower = 0;
  /** Two running sums: ring buffers of the grid reductions and of their sums. */
  private readonly steps: Float64Array;
  private readonly sums: Float64Array;
  private boxPosition = 0;
  private sum = 0;
  private sumOfSums = 0;

  constructor({ lookaheadSamples, holdSamples, release }: LimiterGainOptions) {
    this.release = { ...release };
    const { boxSamples, grid, outputScale } = limiterGrid(lookaheadSamples);
    this.grid = grid;
    this.outputScale = outputScale;
    this.block = new Float64Array(lookaheadSamples + holdSamples + 1);
    this.suffixMaxima = new Float64Array(lookaheadSamples + holdSamples + 2);
    this.steps = new Float64Array(boxSamples);
    this.sums = new Float64Array(boxSamples);
  }

  /** Takes the reduction that is required now and gives the one of the sample a look-ahead before. */
  next(required: number): number {
    const held = this.slidingMaximum(required);
    const { factor, charge, discharge } = this.release;
    this.follower += (held - this.follower) * (held > this.follower ? charge : discharge);
    const released = this.follower + (this.reduction - this.follower) * factor;
    this.reduction = Math.max(held, released);
    const average = this.average(Math.ceil(this.reduction * this.grid)) / this.outputScale;
    // Once a block is enough to end what has shrunk to nothing.
    if (this.blockPosition === 0 && this.reduction < leastReduction) this.reduction = this.follower = 0;
    return average;
  }

  reset(): void {
    for (const memory of [this.suffixMaxima, this.steps, this.sums]) memory.fill(0);
    this.blockPosition = this.boxPosition = 0;
    this.prefixMaximum = this.reduction = this.follower = 0;
    this.sum = this.sumOfSums = 0;
  }

  /** Largest of the last lookahead + hold + 1 required reductions. */
  private slidingMaximum(required: number): number {
    const { block, suffixMaxima } = this;
    block[this.blockPosition++] = required;
    if (required > this.prefixMaximum) this.prefixMaximum = required;
    const maximum = Math.max(this.prefixMaximum, suffixMaxima[this.blockPosition]!);
    if (this.blockPosition === block.length) {
      let suffix = 0;
      for (let i = block.length - 1; i >= 0; i--) suffixMaxima[i] = suffix = Math.max(suffix, block[i]!);
      this.blockPosition = 0;
      this.prefixMaximum = 0;
    }
    return maximum;
  }

  /** Sum of the last sums of the last grid reductions: twice a moving average, but for the scale. */
  private average(step: number): number {
    const at = this.boxPosition;
    this.sum += step - this.steps[at]!;
    this.steps[at] = step;
    this.sumOfSums += this.sum - this.sums[at]!;
    this.sums[at] = this.sum;
    this.boxPosition = at + 1 === this.steps.length ? 0 : at + 1;
    return this.sumOfSums;
  }
}
