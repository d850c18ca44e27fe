import type { AudioBlock } from '../base/audio-block.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import { curveMaxima } from './loudness-curve.ts';
import { createLoudnessMeter, type LoudnessMeter, type LoudnessMeterOptions } from './loudness-meter.ts';
import type { BlockFigures, Measurement, ProgrammeFigures } from './measurement.ts';
import { leastPsr, peakToLoudnessDb } from './peak-to-loudness.ts';
import { createSignalMeter, type SignalMeter } from './signal-meter.ts';
import { symmetricPairs } from './symmetric-pairs.ts';
import { createLargestPeakMeter, type TruePeakMode } from './true-peak-meter.ts';

/** What the meter of a programme's figures needs. */
export interface FiguresMeterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly layout: Layout;
  /** 'standard' unless given. */
  readonly truePeakMode?: TruePeakMode | undefined;
  /** See `LoudnessMeterOptions`. */
  readonly hearBin?: LoudnessMeterOptions['hearBin'];
}

/** What a programme meter needs. */
export interface ProgrammeMeterOptions extends FiguresMeterOptions {
  /** Overs are above it; -1 dBTP (EBU R 128) unless given. */
  readonly ceilingDbtp?: number | undefined;
  /** Whether loudness over time is wanted; it is not unless asked for. */
  readonly withCurve?: boolean | undefined;
}

/** Measures a programme in one pass. */
export interface ProgrammeMeter<Figures extends ProgrammeFigures = Measurement> {
  process(block: AudioBlock): void;
  /** Ends the programme and gives its figures. */
  finish(): Figures;
}

/**
 * Creates the meter behind `periphon measure`: loudness by BS.1770-5 and Tech 3341/3342, true and sample peak, and
 * what else engineers look at in a master. The LFE takes no part in loudness, but in the peaks: Tech 3341 leaves it
 * out of loudness, whereas a ceiling in dBTP (EBU R 128) holds for every channel of a file.
 */
export function createProgrammeMeter(options: ProgrammeMeterOptions): ProgrammeMeter {
  const { layout, withCurve } = options;
  const loudness = createLoudnessMeter(options);
  const signal = createSignalMeter({
    ...options,
    channels: layout.loudspeakers,
    pairs: symmetricPairs(layout),
  });
  return {
    process(block) {
      loudness.process(block);
      signal.process(block);
    },
    finish: () => joinMeasurement(loudness, signal, withCurve),
  };
}

/** Ends both meters of a programme and puts their figures together. */
export function joinMeasurement(
  loudnessMeter: LoudnessMeter,
  signalMeter: SignalMeter,
  withCurve = false,
): Measurement {
  const loudness = loudnessMeter.result();
  const curve = loudnessMeter.curve();
  const { figures, stepPeaks } = signalMeter.finish();
  return {
    ...loudness,
    maximaOf100Ms: curveMaxima(curve),
    plrDb: peakToLoudnessDb(figures.truePeakDbtp, loudness.integratedLufs),
    ...leastPsr(curve, stepPeaks, loudness.integratedLufs),
    ...figures,
    ...(withCurve ? { curve } : {}),
  };
}

/** Creates a meter of loudness and the largest peaks alone, which is faster. */
export function createFiguresMeter(options: FiguresMeterOptions): ProgrammeMeter<BlockFigures> {
  const { kernels, layout, truePeakMode } = options;
  const loudness = createLoudnessMeter(options);
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
