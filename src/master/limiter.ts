import type { Processor } from '../base/processor.ts';
import { InternalError } from '../base/errors.ts';
import { dbToGain } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LimiterRelease } from '../kernels/interfaces/gains.ts';
import { createGainTrace, type GainReduction } from './gain-trace.ts';
import type { LimiterDip } from './limiter-dips.ts';
import {
  limiterGroups,
  limiterLinkDefaults,
  limiterLinks,
  type LimiterGroup,
  type LimiterLinkSettings,
} from './limiter-groups.ts';
import { joinLimiterStages } from './limiter-series.ts';
import { createLimiterStage, limiterStageCapacityFrames, type LimiterStage } from './limiter-stage.ts';

/** How a limiter's gain moves and what it takes along; a recipe's `limiter`. */
export interface LimiterSettings extends LimiterLinkSettings {
  /** Attack: time over which the gain bends down before a peak. */
  readonly lookaheadMs: number;
  /** How long the gain stays down behind the look-ahead: half a period of the lowest tone that it must not bend. */
  readonly holdMs: number;
  /** Time constant of the return to unity after a short peak; see `limiterRelease`. */
  readonly releaseMs: number;
}

/** What a limiter needs. */
export interface LimiterOptions {
  /** What is left out has its default. */
  readonly settings?: Partial<LimiterSettings> | undefined;
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Each channel in one of them; one group of all unless given. */
  readonly groups?: readonly LimiterGroup[] | undefined;
  /** In front of the limiter; 0 unless given. */
  readonly gainDb?: number | undefined;
  /** -1 unless given. */
  readonly ceilingDbtp?: number | undefined;
  /** Places where an earlier pass was over the ceiling. */
  readonly dips?: readonly LimiterDip[] | undefined;
  /** Length of the programme: where given, the limiter keeps a trace of its reductions. */
  readonly programmeFrames?: number | undefined;
}

/** Ceiling where none is given. */
export const defaultCeilingDbtp = -1;

/** Settings where none are given. */
export const limiterDefaults: LimiterSettings = Object.freeze({
  ...limiterLinkDefaults,
  lookaheadMs: 5,
  holdMs: 10,
  releaseMs: 60,
});

/** A limiter: a processor that knows how hard it worked. */
export interface Limiter extends Processor {
  /** Largest gain reduction of any group since construction or reset. */
  readonly maxReductionDb: number;
  /** Of each group, since construction or reset. */
  readonly reductions: readonly GainReduction[];
  /** Deepest reduction in dB in each 100 ms of the programme [group][interval]; needs `programmeFrames`. */
  readonly traceDb: readonly Float32Array[];
}

/** The slow part of the release: how many times the release it charges and discharges in. */
const chargeRatio = 5;
const dischargeRatio = 10;
/**
 * Gain curve of the second stage: it only mends what the first did not hear, so it is quick, and over before the
 * first has the next peak: what both do at once is more than either needs.
 */
const mendLookaheadMs = 1.5;
const mendReleaseMs = 5;
/** The first stage keeps the closest neighbours of a peak alike, the second nearly all that its interpolation reads. */
const firstNeighbourSamples = 6;
const mendNeighbourSamples = 49;
/** How far below its ceiling a limiter aims: the interpolation error of the exact detector and a moving gain. */
export const limiterMarginDb = 0.02;

/**
 * Creates a linked look-ahead true-peak limiter. Peaks are found on the oversampled signal and the gain is
 * applied at the original rate, so that what stays below the ceiling passes bit for bit, only later. Two
 * stages in series: the first hears through the cheap filter of BS.1770-5, Annex 2, and does the work; the
 * second looks exactly at what is left near the ceiling, the first one's gain movements included, and mends it.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const { channelCount } = options;
  const groups = options.groups ?? limiterGroups(undefined, channelCount);
  requireGroups(groups, channelCount);
  const stages = createStages(options, groups);
  const { latencySamples } = stages;
  const trace = createGainTrace({
    sampleRateHz: options.sampleRateHz,
    groupCount: groups.length,
    skippedFrames: latencySamples,
    programmeFrames: options.programmeFrames,
  });
  const capacity = limiterStageCapacityFrames;
  const arrange = (): Float32Array[][] =>
    groups.map(({ channels }) => channels.map(() => new Float32Array(0)));
  const inputs = arrange();
  const outputs = arrange();
  const processPart = (
    inputChannels: readonly Float32Array[],
    outputChannels: readonly Float32Array[],
    frameCount: number,
  ): void => {
    for (let group = 0; group < groups.length; group++) {
      const { channels } = groups[group];
      for (let index = 0; index < channels.length; index++) {
        inputs[group][index] = inputChannels[channels[index]];
        outputs[group][index] = outputChannels[channels[index]];
      }
    }
    stages.process(inputs, frameCount, outputs);
    trace.take(stages, frameCount);
  };

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples,
    traceDb: trace.reductionsDb,
    get reductions() {
      return trace.totals();
    },
    get maxReductionDb() {
      return Math.max(...trace.totals().map((total) => total.maxReductionDb));
    },
    process({ channels, frameCount }, output) {
      if (frameCount <= capacity) return processPart(channels, output.channels, frameCount);
      for (let from = 0; from < frameCount; from += capacity) {
        const to = Math.min(frameCount, from + capacity);
        const cut = (arrays: readonly Float32Array[]): Float32Array[] =>
          arrays.map((array) => array.subarray(from, to));
        processPart(cut(channels), cut(output.channels), to - from);
      }
    },
    reset() {
      stages.reset();
      trace.reset();
    },
  };
}

function requireGroups(groups: readonly LimiterGroup[], channelCount: number): void {
  const listed = groups.flatMap(({ channels }) => channels).sort((a, b) => a - b);
  if (listed.length === channelCount && listed.every((channel, index) => channel === index)) return;
  throw new InternalError(
    'limiter-groups',
    `the groups hold channels ${listed.join(', ')}; each of 0..${channelCount - 1} is allowed once`,
  );
}

/**
 * The law of the release, for one knob. A reduction falls by the time constant releaseMs towards a follower, which
 * charges in 5 times and discharges in 10 times that while the limiter is held down or let go. A peak of a few
 * milliseconds leaves next to nothing in the follower and is over in releaseMs; a dense passage lifts it to where
 * the peaks are, and the gain then moves with the loudness of the passage instead of with each peak.
 */
export function limiterRelease(releaseMs: number, sampleRateHz: number): LimiterRelease {
  const factorIn = (timeMs: number): number => Math.exp(-1000 / (timeMs * sampleRateHz));
  return {
    factor: factorIn(releaseMs),
    charge: 1 - factorIn(chargeRatio * releaseMs),
    discharge: 1 - factorIn(dischargeRatio * releaseMs),
  };
}

/** Both stages; the gains are those of both together. */
function createStages(options: LimiterOptions, groups: readonly LimiterGroup[]): LimiterStage {
  const { kernels, sampleRateHz, gainDb = 0, dips = [] } = options;
  const { ceilingDbtp = defaultCeilingDbtp } = options;
  const settings = { ...limiterDefaults, ...options.settings };
  const toSamples = (timeMs: number): number => Math.round((timeMs * sampleRateHz) / 1000);
  const toEvenSamples = (timeMs: number): number => Math.max(2, 2 * toSamples(timeMs / 2));
  const shared = {
    kernels,
    sampleRateHz,
    channelCounts: groups.map(({ channels }) => channels.length),
    links: limiterLinks(groups, settings),
    ceilingGain: dbToGain(ceilingDbtp - limiterMarginDb),
  };
  const first = createLimiterStage({
    ...shared,
    inputGain: dbToGain(gainDb),
    detector: 'fast',
    neighbourSamples: firstNeighbourSamples,
    holdSamples: toSamples(settings.holdMs),
    lookaheadSamples: toEvenSamples(settings.lookaheadMs),
    release: limiterRelease(settings.releaseMs, sampleRateHz),
  });
  const mend = createLimiterStage({
    ...shared,
    detector: 'exact',
    neighbourSamples: mendNeighbourSamples,
    lookaheadSamples: toEvenSamples(mendLookaheadMs),
    release: { ...limiterRelease(mendReleaseMs, sampleRateHz), charge: 0, discharge: 0 },
    dips: { list: dips, precedingSamples: first.latencySamples },
  });
  return joinLimiterStages(first, mend, shared.channelCounts);
}
