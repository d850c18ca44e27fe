import { annex2Fir } from '../dsp/true-peak-fir.ts';
import type { Kernels, PeakKernel } from '../kernels/kernels.ts';
import { createPeakRefiner, refinerHalfWidth } from './peak-refiner.ts';
import { createSampleWindow, type SampleWindow } from './sample-window.ts';

/** Frames that one call may take; blocks of this length are moved as a whole. */
export const precisePeakCapacityFrames = 4096;

/** Samples by which the envelope trails its input. */
export const precisePeakDelaySamples = refinerHalfWidth;

/** The filter of Annex 2 trails its input by this much, so its word is kept until the refiner's samples are there. */
const coarseDelaySamples = annex2Fir.tapCount / 2;
const coarseHistoryFrames = refinerHalfWidth - coarseDelaySamples + 1;

/**
 * Share of the floor at which a crest of Annex 2's reading is worth refining (-2.5 dB). Its 12 taps under-read
 * by 0.7 dB at half the sample rate, and more on signals built to deceive them.
 */
const suspicion = 0.75;

/** The true peak of a signal over time, exact to 0.01 dB wherever it exceeds a floor. */
export interface PrecisePeak {
  readonly channelCount: number;
  /**
   * Writes for every frame f the largest crest, over the channels, of the interpolated signal from sample
   * f - precisePeakDelaySamples to the next; `floor` where there is none or that is larger.
   * @param frameCount at most precisePeakCapacityFrames
   */
  envelope(inputs: readonly Float32Array[], frameCount: number, floor: number, output: Float32Array): void;
  reset(): void;
}

/**
 * Creates a detector that filters by Annex 2 first and refines only what comes near the floor: where nothing
 * does, it costs what the cheap filter costs.
 */
export function createPrecisePeak(kernels: Kernels, channelCount: number): PrecisePeak {
  const coarse: PeakKernel[] = [];
  const heard: Float32Array[][] = [];
  const envelopes: SampleWindow[] = [];
  for (let channel = 0; channel < channelCount; channel++) {
    coarse.push(kernels.createPeak(1, annex2Fir));
    heard.push([new Float32Array(0)]);
    envelopes.push(createSampleWindow(1, coarseHistoryFrames, precisePeakCapacityFrames));
  }
  const samples = createSampleWindow(channelCount, 2 * refinerHalfWidth, precisePeakCapacityFrames);
  const scratch = [new Float32Array(precisePeakCapacityFrames)];
  const refine = createPeakRefiner();

  return {
    channelCount,
    envelope(inputs, frameCount, floor, output) {
      samples.load(inputs, 0, frameCount);
      output.fill(floor, 0, frameCount);
      const threshold = floor * suspicion;
      for (let channel = 0; channel < channelCount; channel++) {
        heard[channel][0] = inputs[channel];
        coarse[channel].envelope(heard[channel], frameCount, threshold, scratch[0]);
        envelopes[channel].load(scratch, 0, frameCount);
        const rough = envelopes[channel].channels[0];
        const signal = samples.channels[channel];
        for (let frame = 0; frame < frameCount; frame++) {
          const level = rough[frame + 1];
          // Only crests are refined: what lies beside one is lower.
          if (level <= threshold || level < rough[frame] || level <= rough[frame + 2]) continue;
          const peak = refine(signal, refinerHalfWidth + frame);
          if (peak > output[frame]) output[frame] = peak;
        }
      }
    },
    reset() {
      for (const kernel of coarse) kernel.reset();
      for (const envelope of envelopes) envelope.fill(0);
      samples.fill(0);
    },
  };
}
