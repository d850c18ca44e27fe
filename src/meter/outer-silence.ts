import { dbToGain } from '../base/units.ts';

/** Level that a sample must exceed to end a silence. */
export const silenceThresholdDbfs = -80;
const threshold = dbToGain(silenceThresholdDbfs);

/** Silence before and behind a programme: samples that are in no channel above -80 dBFS. A silent programme is all head. */
export interface OuterSilence {
  readonly thresholdDbfs: number;
  readonly headSamples: number;
  readonly headSec: number;
  readonly tailSamples: number;
  readonly tailSec: number;
}

/** Finds the first and the last sample that can be heard. */
export interface SilenceMeter {
  /** Takes a step of one channel and its largest magnitude; all channels of a step come before the next step. */
  take(samples: Float32Array, frameCount: number, startSample: number, peak: number): void;
  /** @param frameCount length of the programme */
  result(frameCount: number): OuterSilence;
}

/** Creates a meter of the silence at head and tail. */
export function createSilenceMeter(sampleRateHz: number): SilenceMeter {
  let first = Infinity;
  let last = -1;
  return {
    take(samples, frameCount, startSample, peak) {
      if (peak <= threshold) return;
      if (first >= startSample) {
        let frame = 0;
        while (frame < frameCount && !(Math.abs(samples[frame]) > threshold)) frame++;
        first = Math.min(first, startSample + frame);
      }
      let frame = frameCount - 1;
      while (startSample + frame > last && !(Math.abs(samples[frame]) > threshold)) frame--;
      last = Math.max(last, startSample + frame);
    },
    result(frameCount) {
      const headSamples = Math.min(first, frameCount);
      const tailSamples = last < 0 ? 0 : frameCount - 1 - last;
      return {
        thresholdDbfs: silenceThresholdDbfs,
        headSamples,
        headSec: headSamples / sampleRateHz,
        tailSamples,
        tailSec: tailSamples / sampleRateHz,
      };
    },
  };
}
