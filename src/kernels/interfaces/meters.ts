/** Two biquads in series (the K-weighting of BS.1770), then the sum of squares, in float64, a channel each. */
export interface WeightedEnergyKernel {
  readonly channelCount: number;
  /** Frames that one load may hold. */
  readonly capacityFrames: number;
  /** Copies frames [fromFrame, toFrame) of the inputs in. */
  load(inputs: readonly Float32Array[], fromFrame: number, toFrame: number): void;
  /**
   * Adds the squares of the weighted samples of frames [fromFrame, toFrame) of the load to `sums[channel]`; frames
   * are weighted once each, in order. States below 1e-20 are set to zero by `flush`.
   */
  accumulate(fromFrame: number, toFrame: number, sums: Float64Array): void;
  /** Zeroes denormal filter states; the caller does so at the bounds of its measuring bins, so that block sizes do not matter. */
  flush(): void;
  reset(): void;
}

/**
 * What a stretch of audio is in numbers, in float64: its sums, its extrema, and how pairs of channels go together.
 * Samples below 1e-30 count as silence; NaN stays in the figures of its channel.
 */
export interface StatisticsKernel {
  readonly channelCount: number;
  /**
   * Overwrites both arrays with the figures of these frames, at least one.
   * @param statistics [channel][sum, sum of squares, lowest, highest]
   * @param products sum of the products of both channels [pair]
   */
  measure(
    inputs: readonly Float32Array[],
    frameCount: number,
    statistics: Float64Array,
    products: Float64Array,
  ): void;
}

/**
 * Octave filters that run at falling sample rates. Stage s takes every second sample of stage s - 1, behind the
 * half-band filter; the first sample of each stage is the first of all. A band is a chain of three sections
 * y = x - x2 - a1 y1 - a2 y2, or of high passes y = x - 2 x1 + x2 - a1 y1 - a2 y2, behind its gain.
 */
export interface OctaveBandDesign {
  /** [band] */
  readonly bands: readonly {
    readonly stage: number;
    readonly isHighPass: boolean;
    /** [section][a1, a2] */
    readonly sections: readonly (readonly [number, number])[];
    readonly gain: number;
  }[];
  /**
   * One side of the half-band filter: the taps at distances 1, 3, 5 ... from its middle, which is 0.5. It is run
   * with a delay of its longest distance.
   */
  readonly halfBandTaps: readonly number[];
}

/**
 * Energy of octave bands, in float64. Every 32 samples of a stage filter states below 1e-20 are set to zero: denormal
 * numbers would cost many times the time.
 */
export interface OctaveBandKernel {
  readonly channelCount: number;
  /** Adds the squares of the filtered samples of these frames to `energies` [channel][band]. */
  accumulate(inputs: readonly Float32Array[], frameCount: number, energies: Float64Array): void;
  reset(): void;
}

/** A polyphase interpolator: coefficients[phase * tapCount + tap], tap 0 on the newest sample. */
export interface PolyphaseFir {
  readonly phaseCount: number;
  readonly tapCount: number;
  readonly coefficients: Float32Array;
}

/** Peaks of the interpolated signal: the largest magnitude over all phases of the FIR. */
export interface PeakKernel {
  readonly channelCount: number;
  /**
   * Raises `peaks[channel]` to the largest interpolated magnitude of these frames. Stretches whose samples
   * cannot exceed the peak so far (see `peakBounds`) are skipped: the result is the same.
   * @param samplePeaks raised likewise to the largest magnitude of the samples themselves [channel]
   */
  maxima(
    inputs: readonly Float32Array[],
    frameCount: number,
    peaks: Float32Array,
    samplePeaks: Float32Array,
  ): void;
  /**
   * Writes for every frame the largest interpolated magnitude over the channels, or `floor` where that is
   * larger. Frame f covers the phases after input frame f - (tapCount - 1).. f: the caller accounts for the
   * delay of the FIR (tapCount / 2 samples).
   */
  envelope(inputs: readonly Float32Array[], frameCount: number, floor: number, output: Float32Array): void;
  reset(): void;
}

/**
 * Crests of the interpolated signal on the fine grid of a FIR, found from coarse to fine: what its samples
 * cannot make is skipped, then the grid of half samples shows where a crest may be, then that of quarters, and
 * from each crest there the finest grid is climbed. All grids are points of one FIR, so that no coarse filter
 * can be deceived; see `CrestThresholds` for the bounds. The FIR: phaseCount a multiple of 4, tapCount even,
 * phase 0 the sample tapCount / 2 before the newest itself, and each other the mirror image of its opposite.
 *
 * Its envelope has the largest crest in the interval of each frame; beside a peak of more than 1.5 times the
 * floor, crests just above the floor may be left out.
 */
export interface PrecisePeakKernel extends PeakKernel {
  /** Frame f speaks of the signal from sample f - delaySamples to just before the next: tapCount / 2. */
  readonly delaySamples: number;
}
