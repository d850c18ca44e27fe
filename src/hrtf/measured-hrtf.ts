/** Head-related impulse responses as a laboratory measured them, before anything is done to them. */
export interface MeasuredHrtf {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly sampleRateHz: number;
  readonly directionCount: number;
  readonly tapCount: number;
  /** Directions [direction][azimuthDeg, elevationDeg], ADM. */
  readonly directionsDeg: Float64Array;
  /** How much later than in its taps each response begins [direction][ear], in samples. */
  readonly delaySamples?: Float64Array | undefined;
  /** Whole responses [direction][ear][tap], ear 0 = left. */
  readonly responses: Float64Array;
}

/** Aligned responses as spectra: what the steps of building a set hand on. */
export interface AlignedSpectra {
  readonly sampleRateHz: number;
  /** Number of bins of each whole spectrum, a power of two. */
  readonly size: number;
  /** Directions [direction][azimuthDeg, elevationDeg], ADM. */
  readonly directionsDeg: Float64Array;
  /** Arrival against the centre of the head [direction][ear], in samples. */
  readonly arrivalSamples: Float64Array;
  /** Real and imaginary parts [direction * 2 + ear][bin]. */
  readonly real: readonly Float64Array[];
  readonly imaginary: readonly Float64Array[];
}
