import { FormatError } from '../base/errors.ts';

/**
 * Whether all of the first `frameCount` samples are finite. x * 0 is 0 for every finite x and NaN for every
 * other, so one sum tells for the whole array.
 */
export function isFiniteSignal(samples: Float32Array, frameCount: number): boolean {
  let sum = 0;
  for (let frame = 0; frame < frameCount; frame++) sum += samples[frame]! * 0;
  return sum === 0;
}

/**
 * Checks that every sample is a finite number.
 * @param channels planar audio [channel][frame]; @param firstFrame place of its first frame in the file
 * @throws FormatError 'not-finite' naming file, channel (from 1) and time
 */
export function checkFinite(
  channels: readonly Float32Array[],
  frameCount: number,
  firstFrame: number,
  { file, sampleRateHz }: { readonly file: string; readonly sampleRateHz: number },
): void {
  for (const [index, samples] of channels.entries()) {
    if (isFiniteSignal(samples, frameCount)) continue;
    const at = samples.findIndex((sample) => !Number.isFinite(sample));
    const frame = firstFrame + at;
    throw new FormatError(
      'not-finite',
      `${file}: channel ${index + 1} holds ${samples[at]} at ${(frame / sampleRateHz).toFixed(3)} s ` +
        `(sample ${frame}); samples must be finite numbers`,
      { file, hint: 'render this stem again: a plug-in has produced values that are no audio' },
    );
  }
}
