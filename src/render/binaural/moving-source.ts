import { createEarResponses, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { RefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import type { EarConvolverKernel } from '../../kernels/kernels.ts';
import { respond } from './ear-filters.ts';
import type { ObjectTrack } from './object-track.ts';
import { isPoint, isSamePlacement, type Placement } from './placement.ts';

/** A moving source: one source of an ear convolver. */
export interface MovingSource {
  /** Sets the filters and delays for the sample at which the audio starts. */
  start(sample: number): void;
  /** Sets those of the end of the hop that starts at a sample: the convolver goes there over the hop. */
  advance(startSample: number): void;
}

/** Settings of a moving source. */
export interface MovingSourceOptions {
  readonly track: ObjectTrack;
  /** Linear, of the filters. */
  readonly gain: number;
  readonly interpolator: HrtfInterpolator;
  readonly refined: RefinedHrtf;
  readonly baseDelaySamples: number;
  readonly convolver: EarConvolverKernel;
  /** Number of the source in the convolver. */
  readonly source: number;
}

/** Delays of all directions stay below this. */
export function maximumDelaySamples({ hrtf }: HrtfInterpolator, baseDelaySamples: number): number {
  const latest = hrtf.arrivalSamples.reduce((max, arrival) => Math.max(max, arrival), 0);
  return Math.ceil(baseDelaySamples + latest);
}

/**
 * Renders a source that moves. Each ear hears it through a delay line of its own, which glides from the
 * arrival at the start of a hop to that at its end, and then through the aligned response, which fades from
 * one hop to the next: as the responses are aligned, nothing combs. Delays follow the ears only, not the
 * distance: there is no Doppler shift.
 */
export function createMovingSource(options: MovingSourceOptions): MovingSource {
  const { track, gain, interpolator, refined, baseDelaySamples, convolver, source } = options;
  const responses = createEarResponses(interpolator.hrtf.tapCount);
  const { left, right, arrivalSamples } = responses;
  let placement: Placement | undefined;

  /** Sets the filters and delays of a placement, unless they are there already. */
  function moveTo(next: Placement): void {
    if (placement && isSamePlacement(placement, next)) return;
    placement = next;
    if (isPoint(next)) refined.interpolate(next.direction, responses, gain);
    else {
      respond(interpolator, next, responses);
      for (let n = 0; n < left.length; n++) {
        left[n]! *= gain;
        right[n]! *= gain;
      }
    }
    const [leftDelay, rightDelay] = [
      baseDelaySamples + arrivalSamples[0]!,
      baseDelaySamples + arrivalSamples[1]!,
    ];
    convolver.setEars(source, left, right, leftDelay, rightDelay);
  }

  return {
    start(sample) {
      placement = undefined;
      moveTo(track.placementAt(sample));
    },
    advance: (startSample) => moveTo(track.placementAt(startSample + convolver.hopFrames)),
  };
}
