import type { EarFilters } from './ear-filters.ts';

/** An input of a bank whose filters never change. */
export interface FixedInput {
  readonly filters: EarFilters;
  /** Where its current hop lies. */
  readonly hop: Float32Array;
  /** Brings the next hop there. @param startSample sample of the scene that the hop starts with */
  fill(startSample: number): void;
  reset(): void;
}

/** A track as it is. @param track its current hop */
export const createTrackInput = (track: Float32Array, filters: EarFilters): FixedInput => ({
  filters,
  hop: track,
  fill: () => undefined,
  reset: () => undefined,
});
