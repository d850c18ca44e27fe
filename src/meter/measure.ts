import type { AudioBlock } from '../base/audio-block.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import { createLoudnessMeter, type LoudnessMeterOptions, type LoudnessResult } from './loudness-meter.ts';
import {
  createLargestPeakMeter,
  createTruePeakMeter,
  type LargestPeaks,
  type TruePeakMode,
} from './true-peak-meter.ts';

/** Peaks of one channel. */
export interface ChannelMeasurement {
  readonly label: string;
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
}

/** Figures of a programme as a whole; silence is -Infinity. */
export interface ProgrammeFigures extends LoudnessResult, LargestPeaks {}

/** What `periphon measure` says of a programme; silence is -Infinity. */
export interface Measurement extends ProgrammeFigures {
  readonly channels: readonly ChannelMeasurement[];
  readonly frameCount: number;
}

/** What a programme meter needs. */
export interface ProgrammeMeterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly layout: Layout;
  /** 'standard' unless given. */
  readonly truePeakMode?: TruePeakMode | undefined;
  /** Hears the weighted energy of every 10 ms. */
  readonly hearBin?: LoudnessMeterOptions['hearBin'];
}

/** Measures a programme in one pass. */
export interface ProgrammeMeter<Figures extends ProgrammeFigures = Measurement> {
  process(block: AudioBlock): void;
  /** Ends the programme and gives its figures. */
  finish(): Figures;
}

/**
 * Creates the meter behind `periphon measure`: loudness by BS.1770-5 and Tech 3341/3342, true and sample peak.
 * The LFE takes no part in loudness, but in the peaks: Tech 3341 leaves it out of loudness, whereas a ceiling
 * in dBTP (EBU R 128) holds for every channel of a file.
 */
export function createProgrammeMeter(options: ProgrammeMeterOptions): ProgrammeMeter {
  const { kernels, sampleRateHz, layout, truePeakMode } = options;
  const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout });
  const peaks = createTruePeakMeter({
    kernels,
    channelCount: layout.loudspeakers.length,
    mode: truePeakMode,
  });
  let frames = 0;
  return {
    process(block) {
      loudness.process(block);
      peaks.process(block);
      frames += block.frameCount;
    },
    finish() {
      const { truePeaksDbtp, samplePeaksDbfs } = peaks.finish();
      return {
        ...loudness.result(),
        truePeakDbtp: Math.max(...truePeaksDbtp),
        samplePeakDbfs: Math.max(...samplePeaksDbfs),
        channels: layout.loudspeakers.map(({ label }, channel) => ({
          label,
          truePeakDbtp: truePeaksDbtp[channel],
          samplePeakDbfs: samplePeaksDbfs[channel],
        })),
        frameCount: frames,
      };
    },
  };
}

/** Figures of a programme, and the gating blocks that its loudness is made of. */
export interface BlockFigures extends ProgrammeFigures {
  /** See `LoudnessMeter.blockPowers`. */
  readonly blockPowers: Float64Array;
}

/** Creates a meter of the same figures without those of single channels, which is faster. */
export function createFiguresMeter(options: ProgrammeMeterOptions): ProgrammeMeter<BlockFigures> {
  const { kernels, sampleRateHz, layout, truePeakMode, hearBin } = options;
  const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout, hearBin });
  const channelCount = layout.loudspeakers.length;
  const peaks = createLargestPeakMeter({ kernels, channelCount, mode: truePeakMode });
  return {
    process(block) {
      loudness.process(block);
      peaks.process(block);
    },
    finish: () => ({ ...loudness.result(), blockPowers: loudness.blockPowers(), ...peaks.finish() }),
  };
}
