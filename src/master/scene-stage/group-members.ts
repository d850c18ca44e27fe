/**
 * The tracks that an effect works on, each with a weight: 1 for a full member, less in the soft edge of a region, and
 * changing over time where an object moves through one.
 */
export interface GroupMembers {
  /** Tracks whose weight is above 0 at some time, in the order of `sceneTracks`. */
  readonly tracks: readonly number[];
  /** Weight above 0 up to 1 of a member that keeps it; undefined where it changes [member]. */
  readonly constantWeights: readonly (number | undefined)[];
  /**
   * Writes the weights of a member at samples of the scene from `startSample` on; before sample 0 they are those of
   * sample 0. Continuous: no step between samples is larger than that of a ramp over 64 of them. Calls for a member go
   * forward. Allocates nothing.
   */
  fillWeights(member: number, startSample: number, frameCount: number, weights: Float32Array): void;
  /** Lets the calls begin anew. */
  reset(): void;
}

/** Members that keep their weights. @param weightOfTrack by track, above 0 up to 1 */
export function constantMembers(weightOfTrack: ReadonlyMap<number, number>): GroupMembers {
  const tracks = [...weightOfTrack.keys()].sort((a, b) => a - b);
  const constantWeights = tracks.map((track) => weightOfTrack.get(track)!);
  return {
    tracks,
    constantWeights,
    fillWeights: (member, _startSample, frameCount, weights) =>
      void weights.fill(constantWeights[member]!, 0, frameCount),
    reset: () => undefined,
  };
}

/** The same members with their weights times a factor, for effects whose amount is a share of the sound. @param factor 0..1 */
export function scaleMembers(group: GroupMembers, factor: number): GroupMembers {
  if (factor === 1) return group;
  return {
    tracks: group.tracks,
    constantWeights: group.constantWeights.map((weight) => weight && weight * factor),
    fillWeights(member, startSample, frameCount, weights) {
      group.fillWeights(member, startSample, frameCount, weights);
      for (let n = 0; n < frameCount; n++) weights[n] = weights[n]! * factor;
    },
    reset: () => group.reset(),
  };
}
