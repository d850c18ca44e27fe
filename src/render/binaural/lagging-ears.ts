/** Both ears on their way through a delay. */
export interface LaggingEars {
  /** Where the current hop is added up. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Moves on by a hop and clears the next one. */
  startHop(): void;
  /** Adds the hop that is due to the outputs. */
  addTo(left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Makes a delay of both ears. @param lagFrames 0 or more */
export function createLaggingEars(lagFrames: number, hopFrames: number): LaggingEars {
  const lines = [new Float32Array(lagFrames + hopFrames), new Float32Array(lagFrames + hopFrames)] as const;
  return {
    left: lines[0].subarray(lagFrames),
    right: lines[1].subarray(lagFrames),
    startHop() {
      for (const line of lines) line.copyWithin(0, hopFrames).fill(0, lagFrames);
    },
    addTo(left, right) {
      for (let n = 0; n < hopFrames; n++) {
        left[n]! += lines[0][n]!;
        right[n]! += lines[1][n]!;
      }
    },
    reset() {
      for (const line of lines) line.fill(0);
    },
  };
}
