import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';
import { gainToDb } from '../base/units.ts';
import { annex2Fir, preciseFir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { PeakKernel, PolyphaseFir } from '../kernels/interfaces/meters.ts';

/**
 * How a true peak is found: by the filter of BS.1770-5, Annex 2, or within 0.01 dB of the band-limited signal by
 * a 32-fold interpolation.
 */
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
  const { peaks, samplePeaks, process, runOut, reset } = createPeaks(options);
  return {
    process,
    finish() {
      runOut();
      return {
        truePeaksDbtp: Array.from(peaks, (peak, channel) => gainToDb(Math.max(peak, samplePeaks[channel]))),
        samplePeaksDbfs: Array.from(samplePeaks, gainToDb),
      };
    },
    reset,
  };
}

/** Largest peaks of a programme; silence is -Infinity. */
export interface LargestPeaks {
  /** Never below the sample peak. */
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
}

/** Measures the largest true and sample peak of all channels, LFE included. */
export interface LargestPeakMeter {
  /** Largest true peak so far, linear. */
  readonly largestPeak: number;
  process(block: AudioBlock): void;
  /** Ends the programme and gives its peaks. */
  finish(): LargestPeaks;
}

/**
 * Creates a meter for where channels need not be told apart. It gives the largest figures of a true-peak meter,
 * sooner: what the loudest channel has reached is the floor that all others are searched above.
 */
export function createLargestPeakMeter(options: TruePeakMeterOptions): LargestPeakMeter {
  const { peaks, samplePeaks, process, runOut } = createPeaks(options);
  return {
    get largestPeak() {
      return largest(peaks);
    },
    process(block) {
      peaks.fill(largest(peaks));
      process(block);
    },
    finish() {
      runOut();
      const samplePeak = largest(samplePeaks);
      return {
        truePeakDbtp: gainToDb(Math.max(largest(peaks), samplePeak)),
        samplePeakDbfs: gainToDb(samplePeak),
      };
    },
  };
}

function largest(peaks: Float32Array): number {
  let peak = 0;
  for (let channel = 0; channel < peaks.length; channel++) if (peaks[channel] > peak) peak = peaks[channel];
  return peak;
}

/** The interpolator of a mode. */
export const peakFir = (mode: TruePeakMode = 'standard'): PolyphaseFir =>
  mode === 'standard' ? annex2Fir : preciseFir;

/** The kernel that searches for peaks in a mode. */
export function createPeakKernel({ kernels, channelCount, mode }: TruePeakMeterOptions): PeakKernel {
  const fir = peakFir(mode);
  return mode === 'precise'
    ? kernels.createPrecisePeak(channelCount, fir)
    : kernels.createPeak(channelCount, fir);
}

/** Peaks of channels, linear, that rise with every block. */
function createPeaks(options: TruePeakMeterOptions) {
  const { channelCount } = options;
  const peaks = new Float32Array(channelCount);
  const samplePeaks = new Float32Array(channelCount);
  const kernel = createPeakKernel(options);
  const process = ({ channels, frameCount }: AudioBlock): void =>
    kernel.maxima(channels, frameCount, peaks, samplePeaks);
  return {
    peaks,
    samplePeaks,
    process,
    runOut: (): void => process(createAudioBlock(channelCount, peakFir(options.mode).tapCount)),
    reset(): void {
      peaks.fill(0);
      samplePeaks.fill(0);
      kernel.reset();
    },
  };
}
