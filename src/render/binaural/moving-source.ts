import { createFractionalDelayLine } from '../../dsp/fractional-delay.ts';
import { createEarResponses, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { RefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import type { StereoConvolverKernel } from '../../kernels/kernels.ts';
import { respond } from './ear-filters.ts';
import type { ObjectTrack } from './object-track.ts';
import { isPoint, isSamePlacement, type Placement } from './placement.ts';

/** A moving source: two inputs of a bank, the left ear's and the right ear's. */
export interface MovingSource {
  /** Sets the filters and delays for the sample at which the audio starts. */
  start(sample: number): void;
  /**
   * Writes the two inputs of the next hop, and sets the filters that the bank fades to over it.
   * @param audio the source's hop, gains applied
   */
  advance(startSample: number, audio: Float32Array): void;
}

/** Settings of a moving source. */
export interface MovingSourceOptions {
  readonly track: ObjectTrack;
  readonly interpolator: HrtfInterpolator;
  readonly refined: RefinedHrtf;
  readonly baseDelaySamples: number;
  readonly hopFrames: number;
  readonly convolver: StereoConvolverKernel;
  /** First of the source's two inputs, left then right. */
  readonly input: number;
  readonly inputs: readonly Float32Array[];
}

/**
 * Renders a source that moves. Each ear hears it through a delay line of its own, which glides from the
 * arrival at the start of a hop to that at its end, and then through the aligned response, which fades from
 * one hop to the next: as the responses are aligned, nothing combs. Delays follow the ears only, not the
 * distance: there is no Doppler shift.
 */
export function createMovingSource(options: MovingSourceOptions): MovingSource {
  const { track, interpolator, refined, baseDelaySamples, hopFrames, convolver, input, inputs } = options;
  const { tapCount } = interpolator.hrtf;
  const latest = interpolator.hrtf.arrivalSamples.reduce((max, arrival) => Math.max(max, arrival), 0);
  const line = createFractionalDelayLine(hopFrames, baseDelaySamples + latest + 1);
  const responses = createEarResponses(tapCount);
  const silent = new Float32Array(1);
  const delays = new Float64Array(2);
  let placement: Placement | undefined;

  /** Sets the filters of a placement, unless they are there already. */
  function moveTo(next: Placement): void {
    if (placement && isSamePlacement(placement, next)) return;
    placement = next;
    if (isPoint(next)) refined.interpolate(next.direction, responses);
    else respond(interpolator, next, responses);
    convolver.setFilters(input, responses.left, silent);
    convolver.setFilters(input + 1, silent, responses.right);
  }

  return {
    start(sample) {
      line.reset();
      placement = undefined;
      moveTo(track.placementAt(sample));
      for (let ear = 0; ear < 2; ear++) delays[ear] = baseDelaySamples + responses.arrivalSamples[ear]!;
    },
    advance(startSample, audio) {
      moveTo(track.placementAt(startSample + hopFrames));
      line.write(audio);
      for (let ear = 0; ear < 2; ear++) {
        const next = baseDelaySamples + responses.arrivalSamples[ear]!;
        line.read(delays[ear]!, next, inputs[input + ear]!);
        delays[ear] = next;
      }
    },
  };
}
