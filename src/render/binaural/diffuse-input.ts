import type { EarFilters } from './ear-filters.ts';
import type { FixedInput } from './fixed-input.ts';
import type { TrackedSource, Tracks } from './object-track.ts';

/**
 * The sum of the diffuse parts of all objects, as one input of a bank: each with the square root of its diffuseness
 * (BS.2127-1 clause 7.3.10), linear over a hop where that changes.
 * @param tracks current hop of every track
 */
export function createDiffuseInput(
  sources: readonly TrackedSource[],
  tracks: Tracks,
  filters: EarFilters,
): FixedInput {
  const hopFrames = tracks[0]!.length;
  const hop = new Float32Array(hopFrames);
  const part = new Float32Array(hopFrames);
  return {
    filters,
    nextHop(startSample) {
      hop.fill(0);
      for (const { track, trackIndex, gain } of sources) {
        const start = gain * Math.sqrt(track.placementAt(startSample).diffuse);
        const end = gain * Math.sqrt(track.placementAt(startSample + hopFrames).diffuse);
        track.applyGains(startSample, hopFrames, tracks[trackIndex]!, part);
        const slope = (end - start) / hopFrames;
        for (let n = 0; n < hopFrames; n++) hop[n]! += part[n]! * (start + slope * n);
      }
      return hop;
    },
    reset() {
      for (const { track } of sources) track.reset();
    },
  };
}
