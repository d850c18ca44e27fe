/**
 * A set of head-related impulse responses, split into time of arrival and aligned response: the response of
 * an ear is its aligned response delayed by its arrival. The base delay of the set is taken out: the onset of a
 * source in front, delayed so, lies at 0. Aligned responses begin some taps before their onset, so that the
 * arrivals of most directions are negative.
 */
export interface HrtfSet {
  readonly name: string;
  readonly sampleRateHz: number;
  readonly directionCount: number;
  readonly tapCount: number;
  /** Directions [direction][azimuthDeg, elevationDeg], ADM. */
  readonly directionsDeg: Float64Array;
  /** Arrival times [direction][ear], ear 0 = left, in samples at sampleRateHz; may be negative. */
  readonly arrivalSamples: Float64Array;
  /** Aligned responses [direction][ear][tap]. */
  readonly responses: Float32Array;
  /** Where the set comes from and its licence, to be shown to the user. */
  readonly source: string;
  readonly licence: string;
}
