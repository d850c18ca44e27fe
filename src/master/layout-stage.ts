import type { Processor } from '../base/processor.ts';
import { dbToGain, gainToDb } from '../base/units.ts';
import { preciseFir } from '../dsp/true-peak-fir.ts';
import { peakBounds } from '../kernels/peak-bound.ts';
import { createDither, ditherErrorPeak, type DitherOptions } from './dither.ts';
import type { GainReduction } from './gain-trace.ts';
import { createLimiter, defaultCeilingDbtp, type LimiterOptions } from './limiter.ts';

/** What the layout stage needs: the limiter's settings, the gain in front of it included, and the word length. */
export interface LayoutStageOptions extends LimiterOptions, DitherOptions {
  readonly gainDb: number;
  /** Precise true peak of the whole input, where it is known; a limiter without work is left out then. */
  readonly inputPeakDbtp?: number | undefined;
}

/** The last processor of a deliverable. */
export interface LayoutStage extends Processor {
  /** Largest gain reduction of the limiter since construction or reset. */
  readonly maxReductionDb: number;
  /** Of each group of channels; empty where the limiter was left out. */
  readonly reductions: readonly GainReduction[];
  /** See `Limiter`; empty where the limiter was left out. */
  readonly traceDb: readonly Float32Array[];
  /** Precise true peak that the output cannot exceed, at or below the ceiling, where the limiter was left out. */
  readonly highestPeakDbtp: number | undefined;
}

/** Creates the chain that makes a deliverable of a rendered bus: gain, true-peak limiter, dither and rounding. */
export function createLayoutStage(options: LayoutStageOptions): LayoutStage {
  const highestPeakDbtp = unlimitedPeakDbtp(options);
  if (highestPeakDbtp !== undefined) {
    const gainAndDither = createDither({ ...options, inputGain: dbToGain(options.gainDb) });
    return { ...gainAndDither, maxReductionDb: 0, reductions: [], traceDb: [], highestPeakDbtp };
  }
  const { channelCount } = options;
  const limiter = createLimiter(options);
  const dither = createDither(options);

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: limiter.latencySamples,
    highestPeakDbtp,
    traceDb: limiter.traceDb,
    get reductions() {
      return limiter.reductions;
    },
    get maxReductionDb() {
      return limiter.maxReductionDb;
    },
    process(input, output) {
      limiter.process(input, output);
      output.frameCount = input.frameCount;
      dither.process(output, output);
    },
    reset() {
      limiter.reset();
      dither.reset();
    },
  };
}

/** What gain and dither alone bring the input's peak to at most; undefined where that is unknown or over the ceiling. */
function unlimitedPeakDbtp(options: LayoutStageOptions): number | undefined {
  const { inputPeakDbtp, gainDb, ceilingDbtp = defaultCeilingDbtp } = options;
  if (inputPeakDbtp === undefined) return undefined;
  const peakDbtp = gainToDb(
    dbToGain(inputPeakDbtp + gainDb) + peakBounds(preciseFir).sum * ditherErrorPeak(options),
  );
  // Above full scale, clipping would add what no bound here covers.
  return peakDbtp <= Math.min(ceilingDbtp, 0) ? peakDbtp : undefined;
}
