/** Sources that are added to outputs with gains that are linear over time: the part of mixing that is always the same. */
export interface SourceMixer {
  readonly sourceCount: number;
  readonly outputCount: number;
  /** Frames of a round: no frame below reaches beyond. */
  readonly capacityFrames: number;
  /**
   * Sets the ramp of one source for the `mix` calls that follow: linear from `gainsStart` to `gainsEnd` [output] over
   * lengthSamples, which may be Infinity where they are the same.
   * @param pastSamples how much of the ramp is gone when `elapsedSamples` of `mix` is 0
   * @returns whether any output has a gain; where none has, mixing the source changes nothing
   */
  setRamp(
    source: number,
    gainsStart: Float64Array,
    gainsEnd: Float64Array,
    lengthSamples: number,
    pastSamples: number,
  ): boolean;
  /** Takes samples [from, to) of a source, which become its frames from atFrame on, for the `mix` calls that follow. */
  load(samples: Float32Array, from: number, to: number, atFrame: number): void;
  /**
   * Adds what was loaded to the outputs over the frames [fromFrame, toFrame), with the ramp of a source: out += sample
   * * (start + step * (elapsedSamples + frame - fromFrame)), in float32. Outputs without a gain are left alone.
   */
  mix(source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void;
}

/** Mixes many sources into many outputs, source after source in the order of the calls. */
export interface MixKernel extends SourceMixer {
  /** Begins a round: silences the first frames of every output. */
  clear(frameCount: number): void;
  /** Copies the first frames of every output to those of `outputs` from `at` on. */
  store(outputs: readonly Float32Array[], at: number, frameCount: number): void;
}
