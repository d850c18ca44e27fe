/** Adds samples to as many of an output. A function of its own: engines then keep both arrays at hand in its loop. */
export function addSamples(output: Float32Array, samples: Float32Array): void {
  for (let n = 0; n < samples.length; n++) output[n]! += samples[n]!;
}
