import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { designResponseResampler } from '../../dsp/response-resampler.ts';
import {
  createEarResponses,
  type EarResponses,
  type HrtfInterpolator,
} from '../../hrtf/hrtf-interpolator.ts';
import { isPoint, spreadDirections, type Placement } from './placement.ts';

/**
 * Gain of every HRTF path. A set with its diffuse field at 0 dB gives each ear the power of a source, averaged
 * over all directions; both ears together then hold as much power as the source, as do the two channels of a
 * stereo pan.
 */
export const earGain = Math.SQRT1_2;

/** A filter for each ear, arrival included. */
export interface EarFilters {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/**
 * Responses of the direct part of a placement: a single direction, or spread ones with the phase of the first. What
 * is diffuse (see `designDiffuseFilters`) is missing from their power.
 */
export function respond(interpolator: HrtfInterpolator, placement: Placement, output: EarResponses): void {
  if (isPoint(placement)) {
    interpolator.interpolate(placement.direction, output);
    return;
  }
  const { directions, powers } = spreadDirections(placement);
  interpolator.spread(directions, powers, output);
  const gain = Math.sqrt(1 - placement.diffuse);
  for (let n = 0; n < output.left.length; n++) {
    output.left[n]! *= gain;
    output.right[n]! *= gain;
  }
}

/** Length of filters that hold responses with their arrivals: `designEarFilters` gives so many taps. */
export function earFilterTapCount({ hrtf }: HrtfInterpolator, baseDelaySamples: number): number {
  const latest = hrtf.arrivalSamples.reduce((max, arrival) => Math.max(max, arrival), 0);
  return hrtf.tapCount + Math.ceil(baseDelaySamples + latest) + 1;
}

/**
 * Filters of a source that does not move: its responses, delayed by their arrivals and the base delay.
 * @param gain linear
 */
export function designEarFilters(
  interpolator: HrtfInterpolator,
  placement: Placement,
  baseDelaySamples: number,
  gain: number,
): EarFilters {
  const { tapCount } = interpolator.hrtf;
  const responses = createEarResponses(tapCount);
  respond(interpolator, placement, responses);
  const outputTapCount = earFilterTapCount(interpolator, baseDelaySamples);
  const delayed = (response: Float32Array, arrival: number): Float32Array => {
    const output = new Float32Array(outputTapCount);
    designResponseResampler({
      ratio: 1,
      delaySamples: baseDelaySamples + arrival,
      inputTapCount: tapCount,
      outputTapCount,
    }).apply(response, output);
    return output.map((sample) => sample * gain);
  };
  return {
    left: delayed(responses.left, responses.arrivalSamples[0]!),
    right: delayed(responses.right, responses.arrivalSamples[1]!),
  };
}

/** A pure delay with a gain for each ear. */
export function delayFilters(delaySamples: number, gainLeft: number, gainRight: number): EarFilters {
  const left = new Float32Array(delaySamples + 1);
  const right = new Float32Array(delaySamples + 1);
  left[delaySamples] = gainLeft;
  right[delaySamples] = gainRight;
  return { left, right };
}

/** Placement of a point at an azimuth and elevation. */
export function pointPlacement(azimuthDeg: number, elevationDeg: number): Placement {
  const direction: Vec3 = polarToCartesian(azimuthDeg, elevationDeg);
  return { direction, widthDeg: 0, heightDeg: 0, diffuse: 0, divergence: 0, divergenceDeg: 0 };
}
