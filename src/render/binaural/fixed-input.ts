import type { EarFilters } from './ear-filters.ts';

/** An input of a bank whose filters never change. */
export interface FixedInput {
  readonly filters: EarFilters;
  /** Writes the next hop of the input. @param startSample sample of the scene that the hop starts with */
  fill(startSample: number, hop: Float32Array): void;
  reset(): void;
}

/** A track as it is. @param track its current hop */
export function createTrackInput(track: Float32Array, filters: EarFilters): FixedInput {
  return { filters, fill: (_startSample, hop) => hop.set(track), reset: () => undefined };
}
