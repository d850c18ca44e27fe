import type { EarFilters } from './ear-filters.ts';

/** An input of a bank whose filters never change. */
export interface FixedInput {
  readonly filters: EarFilters;
  /** Brings its next hop. @param startSample sample of the scene that the hop starts with */
  nextHop(startSample: number): Float32Array;
  reset(): void;
}

/** A track as it is. @param track its current hop */
export const createTrackInput = (track: Float32Array, filters: EarFilters): FixedInput => ({
  filters,
  nextHop: () => track,
  reset: () => undefined,
});
