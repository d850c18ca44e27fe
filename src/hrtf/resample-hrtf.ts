import { designResponseResampler } from '../dsp/response-resampler.ts';
import type { HrtfSet } from './hrtf-set.ts';

/** Brings a set to another sampling rate; levels and times stay. */
export function resampleHrtf(hrtf: HrtfSet, sampleRateHz: number): HrtfSet {
  if (sampleRateHz === hrtf.sampleRateHz) return hrtf;
  const ratio = sampleRateHz / hrtf.sampleRateHz;
  const tapCount = Math.ceil(hrtf.tapCount * ratio);
  const resampler = designResponseResampler({
    ratio,
    delaySamples: 0,
    inputTapCount: hrtf.tapCount,
    outputTapCount: tapCount,
  });
  const responses = new Float32Array(hrtf.directionCount * 2 * tapCount);
  for (let r = 0; r < hrtf.directionCount * 2; r++)
    resampler.apply(
      hrtf.responses.subarray(r * hrtf.tapCount, (r + 1) * hrtf.tapCount),
      responses.subarray(r * tapCount, (r + 1) * tapCount),
    );
  return {
    ...hrtf,
    sampleRateHz,
    tapCount,
    arrivalSamples: hrtf.arrivalSamples.map((arrival) => arrival * ratio),
    responses,
  };
}
