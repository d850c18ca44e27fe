import type { Processor } from '../base/processor.ts';
import { dbToGain, gainToDb } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import {
  createExactDetector,
  createFastDetector,
  createLimiterStage,
  type LimiterStage,
  limiterStageCapacityFrames,
} from './limiter-stage.ts';

/** What a limiter needs. */
export interface LimiterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Channels that share one gain, a list of indices a group; channels in no group pass unchanged. One group of all unless given. */
  readonly channelGroups?: readonly (readonly number[])[] | undefined;
  /** In front of the limiter; 0 unless given. */
  readonly gainDb?: number | undefined;
  /** -1 unless given. */
  readonly ceilingDbtp?: number | undefined;
  /** Time over which the gain bends down before a peak. */
  readonly lookaheadMs?: number | undefined;
  /** Time constant of the return to unity. */
  readonly releaseMs?: number | undefined;
}

/** Settings where none are given. */
export const limiterDefaults = Object.freeze({ ceilingDbtp: -1, lookaheadMs: 5, releaseMs: 100 });

/** A limiter: a processor that knows how hard it worked. */
export interface Limiter extends Processor {
  /** Largest gain reduction of any group since construction or reset. */
  readonly maxReductionDb: number;
}

/** Gain curve of the second stage: it only mends fractions of a decibel, so it is quick. */
const mendLookaheadMs = 1.5;
const mendReleaseMs = 20;
/** The first stage keeps the closest neighbours of a peak alike, the second nearly all that its interpolation reads. */
const firstHoldSamples = 6;
const mendHoldSamples = 49;
/** What the interpolation error of the exact detector and a moving gain may add. */
const marginDb = 0.02;

/**
 * Creates a linked look-ahead true-peak limiter. Peaks are found on the oversampled signal and the gain is
 * applied at the original rate, so that what stays below the ceiling passes bit for bit, only later. Two
 * stages in series: the first hears through the cheap filter of BS.1770-5, Annex 2, and does the work; the
 * second looks exactly at what is left near the ceiling, the first one's gain movements included, and mends it.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const { kernels, channelCount, gainDb = 0 } = options;
  const all = Array.from({ length: channelCount }, (_, channel) => channel);
  const groups = options.channelGroups ?? [all];
  const chains = groups.map((group) => createGroup(options, group));
  const latencySamples = chains[0]?.latencySamples ?? 0;
  const grouped = new Set(groups.flat());
  const free = all.filter((channel) => !grouped.has(channel));
  const freeDelay = free.length > 0 ? kernels.createDelayGain(free.length, latencySamples) : undefined;
  const unity = new Float32Array(limiterStageCapacityFrames).fill(1);
  const inputGain = dbToGain(gainDb);
  const selections = [...groups, free].map((indices) => ({
    indices,
    inputs: indices.map((): Float32Array => unity),
    outputs: indices.map((): Float32Array => unity),
  }));
  const processPart = (
    inputs: readonly Float32Array[],
    outputs: readonly Float32Array[],
    count: number,
  ): void => {
    for (const selection of selections) {
      for (let index = 0; index < selection.indices.length; index++) {
        selection.inputs[index] = inputs[selection.indices[index]];
        selection.outputs[index] = outputs[selection.indices[index]];
      }
    }
    for (let index = 0; index < chains.length; index++) {
      chains[index].process(selections[index].inputs, selections[index].outputs, count);
    }
    const passed = selections[chains.length];
    freeDelay?.process(passed.inputs, inputGain, unity, count, passed.outputs);
  };

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples,
    get maxReductionDb() {
      return Math.max(0, -gainToDb(Math.min(1, ...chains.map((chain) => chain.minGain))));
    },
    process({ channels, frameCount }, output) {
      if (frameCount <= limiterStageCapacityFrames) return processPart(channels, output.channels, frameCount);
      for (let from = 0; from < frameCount; from += limiterStageCapacityFrames) {
        const to = Math.min(frameCount, from + limiterStageCapacityFrames);
        const cut = (arrays: readonly Float32Array[]): Float32Array[] =>
          arrays.map((array) => array.subarray(from, to));
        processPart(cut(channels), cut(output.channels), to - from);
      }
    },
    reset() {
      for (const chain of chains) chain.reset();
      freeDelay?.reset();
    },
  };
}

/** The two stages over one group of channels. */
interface LimiterGroup {
  readonly latencySamples: number;
  readonly minGain: number;
  process(inputs: readonly Float32Array[], outputs: readonly Float32Array[], frameCount: number): void;
  reset(): void;
}

function createGroup(options: LimiterOptions, group: readonly number[]): LimiterGroup {
  const { kernels, sampleRateHz, gainDb = 0 } = options;
  const { ceilingDbtp = limiterDefaults.ceilingDbtp } = options;
  const { lookaheadMs = limiterDefaults.lookaheadMs, releaseMs = limiterDefaults.releaseMs } = options;
  const channelCount = group.length;
  const shared = { kernels, ceilingGain: dbToGain(ceilingDbtp - marginDb) };
  const toEvenSamples = (timeMs: number): number =>
    Math.max(2, 2 * Math.round((timeMs * sampleRateHz) / 2000));
  const toFactor = (timeMs: number): number => Math.exp(-1000 / (timeMs * sampleRateHz));
  const first = createLimiterStage({
    ...shared,
    channelCount,
    inputGain: dbToGain(gainDb),
    detector: createFastDetector(kernels, channelCount),
    holdSamples: firstHoldSamples,
    lookaheadSamples: toEvenSamples(lookaheadMs),
    releaseFactor: toFactor(releaseMs),
  });
  const mend = createLimiterStage({
    ...shared,
    channelCount: channelCount + 1,
    detector: createExactDetector(kernels, channelCount),
    holdSamples: mendHoldSamples,
    lookaheadSamples: toEvenSamples(mendLookaheadMs),
    releaseFactor: toFactor(mendReleaseMs),
  });
  return joinStages(first, mend, channelCount);
}

/** Stages in series. The gain of the first rides through the second as one more channel: it leaves as the gain of both. */
function joinStages(first: LimiterStage, mend: LimiterStage, channelCount: number): LimiterGroup {
  const audio = Array.from({ length: channelCount }, () => new Float32Array(limiterStageCapacityFrames));
  const gains = new Float32Array(limiterStageCapacityFrames);
  const audioAndGain = [...audio, gains];
  const outputsAndGain: Float32Array[] = [...audio, gains];
  let minGain = 1;
  let framesToCome = mend.latencySamples;
  return {
    latencySamples: first.latencySamples + mend.latencySamples,
    get minGain() {
      return minGain;
    },
    process(inputs, outputs, frameCount) {
      first.process(inputs, frameCount, audio);
      gains.set(first.gains);
      for (let index = 0; index < channelCount; index++) outputsAndGain[index] = outputs[index];
      mend.process(audioAndGain, frameCount, outputsAndGain);
      const start = Math.min(frameCount, framesToCome);
      framesToCome -= start;
      for (let frame = start; frame < frameCount; frame++) if (gains[frame] < minGain) minGain = gains[frame];
    },
    reset() {
      first.reset();
      mend.reset();
      minGain = 1;
      framesToCome = mend.latencySamples;
    },
  };
}

/**
 * Channels of a layout that are limited together: all, with the LFE apart (its peaks would duck everything
 * else) unless it is linked in.
 */
export function limiterGroups(layout: Layout, { linkLfe = false } = {}): number[][] {
  const channels = [...layout.loudspeakers.keys()];
  if (linkLfe) return [channels];
  const isLfe = (channel: number): boolean => layout.loudspeakers[channel].isLfe;
  return [channels.filter((channel) => !isLfe(channel)), channels.filter(isLfe)].filter(
    (group) => group.length > 0,
  );
}
