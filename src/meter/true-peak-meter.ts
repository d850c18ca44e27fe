import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';
import { gainToDb } from '../base/units.ts';
import { annex2Fir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createPrecisePeak, precisePeakCapacityFrames, precisePeakDelaySamples } from './precise-peak.ts';
import { copyFrames } from './sample-window.ts';

/** How a true peak is found: by the filter of BS.1770-5, Annex 2, or within 0.01 dB of a 32-fold interpolation. */
export type TruePeakMode = 'standard' | 'precise';

/** What a true-peak meter needs. */
export interface TruePeakMeterOptions {
  readonly kernels: Kernels;
  readonly channelCount: number;
  /** 'standard' unless given. */
  readonly mode?: TruePeakMode | undefined;
}

/** Peaks of each channel; silence is -Infinity. */
export interface PeakResult {
  /** [channel]; never below the sample peak. */
  readonly truePeaksDbtp: readonly number[];
  /** [channel] */
  readonly samplePeaksDbfs: readonly number[];
}

/** Measures true and sample peaks of every channel, LFE included. */
export interface TruePeakMeter {
  process(block: AudioBlock): void;
  /** Ends the programme (the filters run out on silence) and gives its peaks; `reset` starts another. */
  finish(): PeakResult;
  reset(): void;
}

/** Creates a true-peak meter: ITU-R BS.1770-5, Annex 2. */
export function createTruePeakMeter(options: TruePeakMeterOptions): TruePeakMeter {
  const { kernels, channelCount, mode = 'standard' } = options;
  const samplePeaks = new Float32Array(channelCount);
  const search =
    mode === 'standard' ? createStandard(kernels, channelCount) : createPrecise(kernels, channelCount);
  const process = (block: AudioBlock): void => {
    raiseSamplePeaks(block, samplePeaks);
    search.process(block);
  };
  return {
    process,
    finish() {
      const tail = createAudioBlock(channelCount, search.tailFrames);
      process(tail);
      search.flush();
      return {
        truePeaksDbtp: Array.from(search.peaks, (peak, channel) =>
          gainToDb(Math.max(peak, samplePeaks[channel])),
        ),
        samplePeaksDbfs: Array.from(samplePeaks, gainToDb),
      };
    },
    reset() {
      samplePeaks.fill(0);
      search.peaks.fill(0);
      search.reset();
    },
  };
}

/** Raises `peaks[channel]` to the largest magnitude of the block. */
function raiseSamplePeaks({ channels, frameCount }: AudioBlock, peaks: Float32Array): void {
  for (let channel = 0; channel < peaks.length; channel++) {
    const samples = channels[channel];
    let peak = peaks[channel];
    for (let frame = 0; frame < frameCount; frame++) {
      const magnitude = Math.abs(samples[frame]);
      if (magnitude > peak) peak = magnitude;
    }
    peaks[channel] = peak;
  }
}

/** A way to raise `peaks` to the true peaks of the audio. */
interface PeakSearch {
  readonly peaks: Float32Array;
  /** Silence after which the filters have said all. */
  readonly tailFrames: number;
  process(block: AudioBlock): void;
  /** Works off what is still held back. */
  flush(): void;
  reset(): void;
}

function createStandard(kernels: Kernels, channelCount: number): PeakSearch {
  const kernel = kernels.createPeak(channelCount, annex2Fir);
  const peaks = new Float32Array(channelCount);
  return {
    peaks,
    tailFrames: annex2Fir.tapCount,
    process: ({ channels, frameCount }) => kernel.maxima(channels, frameCount, peaks),
    flush() {},
    reset: () => kernel.reset(),
  };
}

/** Gathers audio in chunks that start at fixed samples: what is refined depends on the peak before its chunk. */
function createPrecise(kernels: Kernels, channelCount: number): PeakSearch {
  const peaks = new Float32Array(channelCount);
  const detectors = Array.from({ length: channelCount }, () => createPrecisePeak(kernels, 1));
  const chunks = Array.from({ length: channelCount }, () => [new Float32Array(precisePeakCapacityFrames)]);
  const envelope = new Float32Array(precisePeakCapacityFrames);
  let held = 0;
  const flush = (): void => {
    for (let channel = 0; channel < channelCount; channel++) {
      let peak = peaks[channel];
      detectors[channel].envelope(chunks[channel], held, peak, envelope);
      for (let frame = 0; frame < held; frame++) if (envelope[frame] > peak) peak = envelope[frame];
      peaks[channel] = peak;
    }
    held = 0;
  };
  return {
    peaks,
    tailFrames: 2 * precisePeakDelaySamples,
    process({ channels, frameCount }) {
      for (let from = 0; from < frameCount;) {
        const count = Math.min(precisePeakCapacityFrames - held, frameCount - from);
        for (let channel = 0; channel < channelCount; channel++) {
          copyFrames(channels[channel], from, chunks[channel][0], held, count);
        }
        held += count;
        from += count;
        if (held === precisePeakCapacityFrames) flush();
      }
    },
    flush,
    reset() {
      held = 0;
      for (const detector of detectors) detector.reset();
    },
  };
}
