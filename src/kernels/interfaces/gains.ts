import type { PolyphaseFir } from './meters.ts';

/** Settings of the limiter's gain computer, in samples. */
export interface LimiterGainOptions {
  /**
   * Share of its reduction in dB that each group of channels makes another take over: flat [taking][giving
   * group], each 0..1, and 1 for the group itself.
   */
  readonly links: Float64Array;
  /** Peaks above this are turned down to it, linear. */
  readonly ceilingGain: number;
  /** Look-ahead: the gain reaches its target over this many samples before the peak; even, at least 2. */
  readonly lookaheadSamples: number;
  /** How many samples longer than one a required reduction holds. */
  readonly holdSamples: number;
  readonly release: LimiterRelease;
}

/**
 * How a reduction ends. A slow follower charges towards what is held and discharges when that is less; the
 * reduction falls towards the follower. A lone peak leaves the follower low and is over soon; where limiting is
 * dense the follower comes up to it and the gain hardly moves. Each value is kept or covered per sample, 0 to 1.
 */
export interface LimiterRelease {
  /** Factor by which the distance between reduction and follower shrinks; below 1. */
  readonly factor: number;
  /** Part of the way up that the follower goes. */
  readonly charge: number;
  /** Part of the way down that the follower goes; at most `charge`. */
  readonly discharge: number;
}

/**
 * The gain curves of a look-ahead limiter, one for each group of channels. The reduction that each peak requires,
 * in octaves of amplitude (log2, 6.02 dB), is shared out by the links, held by a sliding maximum over look-ahead
 * and hold, released, and averaged twice over half the look-ahead; the gain is 2 to the minus of that. So each
 * curve is smooth (no step in its first derivative: by R octaves of reduction its second difference is at most
 * 2 R / (lookahead / 2 + 1)^2), never requires less than its own peaks, and a group that only follows another has
 * its share of that one's reduction at every sample: each step scales with its input. Output frame f belongs to
 * input frame f - latencySamples.
 */
export interface LimiterGainKernel {
  readonly groupCount: number;
  /** Equal to the look-ahead. */
  readonly latencySamples: number;
  /**
   * @param peaks linear [group][frame]; NaN counts as silence
   * @param gains 0..1 [group][frame]; may be the same arrays
   */
  process(peaks: readonly Float32Array[], frameCount: number, gains: readonly Float32Array[]): void;
  reset(): void;
}

/** Settings of one stage of a limiter. */
export interface LimiterStageOptions extends LimiterGainOptions {
  /** Channels of each group, which share a gain. */
  readonly channelCounts: readonly number[];
  /** What peaks are found with: a `PeakKernel` or a `PrecisePeakKernel` of `fir`. */
  readonly search: 'plain' | 'precise';
  readonly fir: PolyphaseFir;
  /** How late the sound comes out. */
  readonly delaySamples: number;
  /** Factor of the sound, linear; peaks are found before it. */
  readonly inputGain: number;
}

/**
 * One stage of a limiter: the peaks of each group, their gain curves, and the delayed sound times those. What comes out
 * is what a peak kernel, a `LimiterGainKernel` and a `DelayGainKernel` make one after the other, bit by bit.
 */
export interface LimiterStageKernel {
  readonly groupCount: number;
  /** Most frames of one call. */
  readonly capacityFrames: number;
  /** Gains of the last call [group][frame], where they are not all 1. */
  readonly gains: readonly Float32Array[];
  /** Whether the gains of a group in the last call are all 1, as far as known without looking. */
  isUnity(group: number): boolean;
  /**
   * @param inputs [group][channel][frame]
   * @param outputs likewise; may be the same arrays
   * @param lower changes the gains [group][frame] before they are applied
   */
  process(
    inputs: readonly (readonly Float32Array[])[],
    frameCount: number,
    outputs: readonly (readonly Float32Array[])[],
    lower?: (gains: readonly Float32Array[], frameCount: number) => void,
  ): void;
  reset(): void;
}

/** How one row of a `DynamicsGainKernel` turns a level into a reduction. */
export interface DynamicsRow {
  /** Level in dB re power 1 where it begins, in the middle of the knee. */
  readonly thresholdDb: number;
  /** Width of the quadratic knee; 0 for none. */
  readonly kneeDb: number;
  /** Reduction in dB for each dB beyond the knee: 1 - 1 / ratio. */
  readonly slope: number;
  /** Side of the threshold on which something is reduced. */
  readonly side: 'above' | 'below';
  /** Most that the level is reduced. */
  readonly rangeDb: number;
  /** Part of the way to the next power that its mean goes per sample: 1 follows peaks. */
  readonly meanShare: number;
  /** Factor by which the distance to a larger reduction shrinks per sample; 0 leaps there. */
  readonly attackFactor: number;
  /** Of a reduction that ends: with a charge of 0 it has no memory of what was. */
  readonly release: LimiterRelease;
}

/**
 * The gain computers of compressors, one for each row: mean of the power, level in dB, static curve with a quadratic
 * knee, then a branching decoupled detector of the reduction in dB (after Giannoulis, Massberg and Reiss 2012, "Digital
 * dynamic range compressor design", J. Audio Eng. Soc. 60(6)). Of the reduction x that the curve wants:
 * z = max(x, x + (z - x) factor) holds peaks and falls; f follows z up by `charge` and down by `discharge`;
 * m = max(z, f), and y = min(m, m + (y - m) attackFactor) rises towards m and falls with it.
 * So attack and release have their stated time constants exactly, and cycles of a tone hardly move the gain.
 */
export interface DynamicsGainKernel {
  readonly rowCount: number;
  /**
   * @param powers [row][frame]; NaN counts as silence, below 1e-16 (-160 dB) as that
   * @param reductionsDb 0 and up [row][frame]; may be the same arrays
   */
  process(powers: readonly Float32Array[], frameCount: number, reductionsDb: readonly Float32Array[]): void;
  reset(): void;
}
