import type { EarFilters } from './ear-filters.ts';
import { hopOf, type ObjectTrack } from './object-track.ts';

/** Audio that comes in hops. */
export interface HopSource {
  /** The hop that came last. */
  readonly hop: Float32Array;
  /** Brings the next hop. @param startSample sample of the scene that the hop starts with */
  nextHop(startSample: number): Float32Array;
  reset(): void;
}

/** An input of a bank whose filters never change. */
export interface FixedInput extends Omit<HopSource, 'hop'> {
  readonly filters: EarFilters;
}

/** A hop that others fill: a track as it is. */
export const createTrackSource = (hop: Float32Array): HopSource => ({
  hop,
  nextHop: () => hop,
  reset: () => undefined,
});

/** The same, with its filters. */
export const createTrackInput = (hop: Float32Array, filters: EarFilters): FixedInput => ({
  filters,
  ...createTrackSource(hop),
});

/** A track with the gains of an object over time. @param track its current hop */
export function createObjectSource(object: ObjectTrack, track: Float32Array): HopSource {
  const own = new Float32Array(track.length);
  let last = own;
  return {
    get hop() {
      return last;
    },
    nextHop: (startSample) => (last = hopOf(object, startSample, track, own) as Float32Array<ArrayBuffer>),
    reset: () => object.reset(),
  };
}

/**
 * The same for an object that two paths hear: its gains are applied once.
 * @returns its audio, and its track for the path that comes second: it gives the hop that came last
 */
export function createSharedObject(
  object: ObjectTrack,
  track: Float32Array,
): { readonly audio: HopSource; readonly second: ObjectTrack } {
  const audio = createObjectSource(object, track);
  const second: ObjectTrack = {
    ...object,
    passes: () => audio.hop === track,
    applyGains: (_startSample, _frameCount, _input, output) => output.set(audio.hop),
  };
  return { audio, second };
}
