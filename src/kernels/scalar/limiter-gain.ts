import { requireLimiterGain } from '../kernel-options.ts';
import type { LimiterGainKernel, LimiterGainOptions } from '../kernels.ts';
import { limiterGrid } from '../limiter-grid.ts';

/** Distances to unity below this are unity: far under a float32 gain's resolution. */
const smallestDistance = 1e-12;

/**
 * Creates the scalar `LimiterGainKernel`. Van Herk's sliding minimum (blocks of the window's length, prefix
 * minima of this block against suffix minima of the last), release, then two running sums over half the
 * look-ahead plus one, so that both averages together span exactly the look-ahead. Gains are rounded down to a
 * grid on which the sums are exact integers: no drift, no dependence on cuts, and never above what is required.
 */
export function createLimiterGain(options: LimiterGainOptions): LimiterGainKernel {
  requireLimiterGain(options);
  return new ScalarLimiterGain(options);
}

class ScalarLimiterGain implements LimiterGainKernel {
  readonly latencySamples: number;
  private readonly releaseFactor: number;
  private readonly ceilingGain: number | undefined;
  private readonly grid: number;
  private readonly outputScale: number;
  /** Sliding minimum: required gains of this block, and suffix minima of the block before (one entry more). */
  private readonly block: Float64Array;
  private readonly suffixMinima: Float64Array;
  private blockPosition = 0;
  private prefixMinimum = 1;
  private distance = 0;
  /** Two running sums: ring buffers of the grid gains and of their sums. */
  private readonly gains: Float64Array;
  private readonly sums: Float64Array;
  private boxPosition = 0;
  private sum = 0;
  private sumOfSums = 0;

  constructor(options: LimiterGainOptions) {
    const { lookaheadSamples, releaseFactor, holdSamples = 0 } = options;
    this.latencySamples = lookaheadSamples;
    this.releaseFactor = releaseFactor;
    this.ceilingGain = options.ceilingGain === undefined ? undefined : Math.fround(options.ceilingGain);
    const { boxSamples, grid, outputScale } = limiterGrid(lookaheadSamples);
    this.grid = grid;
    this.outputScale = outputScale;
    this.block = new Float64Array(lookaheadSamples + holdSamples + 1);
    this.suffixMinima = new Float64Array(lookaheadSamples + holdSamples + 2);
    this.gains = new Float64Array(boxSamples);
    this.sums = new Float64Array(boxSamples);
    this.reset();
  }

  process(required: Float32Array, frameCount: number, output: Float32Array): void {
    const { grid, outputScale, ceilingGain } = this;
    for (let frame = 0; frame < frameCount; frame++) {
      const released = this.distance * this.releaseFactor;
      const value = required[frame]!;
      const gain =
        ceilingGain === undefined ? value : value > ceilingGain ? Math.fround(ceilingGain / value) : 1;
      const distance = Math.max(1 - this.slidingMinimum(gain), released);
      this.distance = distance < smallestDistance ? 0 : distance;
      output[frame] = this.average(Math.floor((1 - this.distance) * grid)) / outputScale;
    }
  }

  reset(): void {
    this.suffixMinima.fill(1);
    this.blockPosition = 0;
    this.prefixMinimum = 1;
    this.distance = 0;
    const boxSamples = this.gains.length;
    this.gains.fill(this.grid);
    this.sums.fill(this.grid * boxSamples);
    this.boxPosition = 0;
    this.sum = this.grid * boxSamples;
    this.sumOfSums = this.sum * boxSamples;
  }

  /** Smallest of the last lookahead + hold + 1 required gains, in 0..1; NaN counts as 1. */
  private slidingMinimum(required: number): number {
    const gain = required < 1 ? Math.max(required, 0) : 1;
    const { block, suffixMinima } = this;
    block[this.blockPosition++] = gain;
    if (gain < this.prefixMinimum) this.prefixMinimum = gain;
    const minimum = Math.min(this.prefixMinimum, suffixMinima[this.blockPosition]!);
    if (this.blockPosition === block.length) {
      let suffix = 1;
      for (let i = block.length - 1; i >= 0; i--) suffixMinima[i] = suffix = Math.min(suffix, block[i]!);
      this.blockPosition = 0;
      this.prefixMinimum = 1;
    }
    return minimum;
  }

  /** Sum of the last sums of the last grid gains: twice a moving average, but for the scale. */
  private average(gain: number): number {
    const at = this.boxPosition;
    this.sum += gain - this.gains[at]!;
    this.gains[at] = gain;
    this.sumOfSums += this.sum - this.sums[at]!;
    this.sums[at] = this.sum;
    this.boxPosition = at + 1 === this.gains.length ? 0 : at + 1;
    return this.sumOfSums;
  }
}
