import type { ChannelLevels } from './channel-levels.ts';
import type { Correlation } from './correlation.ts';
import type { LoudnessCurve, LoudnessMaxima } from './loudness-curve.ts';
import type { LoudnessResult } from './loudness-meter.ts';
import type { OuterSilence } from './outer-silence.ts';
import type { LeastPsr } from './peak-to-loudness.ts';
import type { LargestPeaks } from './true-peak-meter.ts';

/** What was measured of one channel; silence is -Infinity. */
export interface ChannelMeasurement extends ChannelLevels {
  readonly label: string;
  readonly truePeakDbtp: number;
  /** Where the true peak was first reached; NaN for silence. */
  readonly truePeakSec: number;
  readonly samplePeakDbfs: number;
  /** DR of the channel, not rounded; NaN for silence. */
  readonly dynamicRangeDb: number;
  /** Root mean square of each band of `octaveBandsHz` [band]. */
  readonly octaveBandsDbfs: readonly number[];
}

/** A left and a right channel that mirror each other. */
export interface PairMeasurement extends Correlation {
  readonly left: string;
  readonly right: string;
}

/** A stretch of one channel whose true peak is above the ceiling; what is within 10 ms is one. */
export interface OverMeasurement {
  readonly channel: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly truePeakDbtp: number;
}

/** Three or more equal samples at full scale or at the channel's highest or lowest value (see `createClippingMeter`). */
export interface ClippedRunMeasurement {
  readonly channel: string;
  readonly startSec: number;
  readonly lengthSamples: number;
}

/** What is measured of the samples themselves, whatever they stand for; silence is -Infinity. */
export interface SignalFigures extends LargestPeaks {
  readonly frameCount: number;
  readonly channels: readonly ChannelMeasurement[];
  /** Where the largest true peak is, and in which channel; NaN and '' for silence. */
  readonly truePeakSec: number;
  readonly truePeakChannel: string;
  /** DR: the mean of the channels without LFE, rounded; NaN for silence. */
  readonly dynamicRange: number;
  /** Every over; the list has the first 1000. */
  readonly overs: {
    readonly ceilingDbtp: number;
    readonly count: number;
    readonly list: readonly OverMeasurement[];
  };
  /** Every clipped run; the list has the first 1000. */
  readonly clippedRuns: { readonly count: number; readonly list: readonly ClippedRunMeasurement[] };
  readonly pairs: readonly PairMeasurement[];
  /** Exact mid-band frequencies of the octave bands [band]. */
  readonly octaveBandsHz: readonly number[];
  readonly silence: OuterSilence;
}

/** Figures of a programme as a whole; silence is -Infinity. */
export interface ProgrammeFigures extends LoudnessResult, LargestPeaks {}

/** Figures of a programme, and the gating blocks that its loudness is made of. */
export interface BlockFigures extends ProgrammeFigures {
  /** See `LoudnessMeter.blockPowers`. */
  readonly blockPowers: Float64Array;
}

/** What `periphon measure` says of a programme; silence is -Infinity, what has no value is NaN. */
export interface Measurement extends ProgrammeFigures, SignalFigures, LeastPsr {
  /** Peak to loudness ratio: true peak above integrated loudness; NaN for silence. */
  readonly plrDb: number;
  /** The maxima on a grid of 100 ms, as other meters show them. */
  readonly maximaOf100Ms: LoudnessMaxima;
  /** Loudness over time, where it was asked for. */
  readonly curve?: LoudnessCurve | undefined;
}
