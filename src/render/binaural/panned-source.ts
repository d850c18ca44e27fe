import { getLayout } from '../../layouts/built-in.ts';
import type { StereoConvolverKernel } from '../../kernels/kernels.ts';
import { createPointSourcePanner } from '../panner/point-source.ts';
import type { Vec3 } from '../../base/coordinates.ts';
import { delayFilters } from './ear-filters.ts';
import type { ObjectTrack } from './object-track.ts';
import { isSamePlacement, type Placement } from './placement.ts';

/** Gains [left, right] of a direction in plain stereo, by BS.2127 for 0+2+0. */
export function createStereoPan(): (direction: Vec3) => Float64Array {
  const panner = createPointSourcePanner(getLayout('0+2+0'));
  const gains = new Float64Array(2);
  return (direction) => {
    panner.pan(direction, gains);
    return gains;
  };
}

/** A moving source without HRTF: one input of a bank. */
export interface PannedSource {
  start(sample: number): void;
  /** Sets the pan that the bank fades to over the next hop. */
  advance(startSample: number): void;
}

/** Pans an object in stereo, as its binaural mode 'off' asks. @param gain linear, on top of the track's own */
export function createPannedSource(
  track: ObjectTrack,
  gain: number,
  convolver: StereoConvolverKernel,
  input: number,
  baseDelaySamples: number,
  hopFrames: number,
): PannedSource {
  const pan = createStereoPan();
  const { left, right } = delayFilters(baseDelaySamples, 0, 0);
  let placement: Placement | undefined;
  function moveTo(next: Placement): void {
    if (placement && isSamePlacement(placement, next)) return;
    placement = next;
    const gains = pan(next.direction);
    left[baseDelaySamples] = gain * gains[0]!;
    right[baseDelaySamples] = gain * gains[1]!;
    convolver.setFilters(input, left, right);
  }
  return {
    start(sample) {
      placement = undefined;
      moveTo(track.placementAt(sample));
    },
    advance: (startSample) => moveTo(track.placementAt(startSample + hopFrames)),
  };
}
