/** Delays one channel by whole samples. */
export interface SampleDelay {
  readonly delaySamples: number;
  /** Writes the frames that came in `delaySamples` earlier. Input and output differ. */
  process(input: Float32Array, output: Float32Array, frameCount: number): void;
  reset(): void;
}

/**
 * @param delaySamples 0 and up
 * @param rest what comes out before the first input does; silence unless given
 */
export function createSampleDelay(delaySamples: number, rest = 0): SampleDelay {
  const kept = new Float32Array(delaySamples).fill(rest);
  return {
    delaySamples,
    process(input, output, frameCount) {
      if (frameCount >= delaySamples) {
        output.set(kept);
        output.set(input.subarray(0, frameCount - delaySamples), delaySamples);
        kept.set(input.subarray(frameCount - delaySamples, frameCount));
      } else {
        output.set(kept.subarray(0, frameCount));
        kept.copyWithin(0, frameCount);
        kept.set(input.subarray(0, frameCount), delaySamples - frameCount);
      }
    },
    reset: () => void kept.fill(rest),
  };
}
