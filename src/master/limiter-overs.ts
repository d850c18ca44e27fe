import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import { dbToGain, gainToDb } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LimiterDip } from './limiter-dips.ts';
import type { LimiterGroup } from './limiter-groups.ts';
import { createExactDetector, createFastDetector, limiterStageCapacityFrames } from './limiter-stage.ts';

/** What a search for overs needs. */
export interface OverMeterOptions {
  readonly kernels: Kernels;
  readonly channelCount: number;
  readonly groups: readonly LimiterGroup[];
  readonly ceilingDbtp: number;
  /**
   * Largest peak so far by Annex 2, linear, of a meter that hears each block just before this one: until it is over
   * the ceiling there is no need to look for it. Looked for always unless given.
   */
  readonly standardPeak?: (() => number) | undefined;
}

/** The true peaks of a finished programme that are over its ceiling. */
export interface Overs {
  /** The highest of them; undefined where there are none. */
  readonly truePeakDbtp: number | undefined;
  /** What the limiter must do there in the next pass. */
  readonly dips: readonly LimiterDip[];
}

/** Searches finished samples for overs. */
export interface OverMeter {
  process(block: AudioBlock): void;
  /** Ends the programme. */
  finish(): Overs;
}

/** How much lower a dip goes than the over asks for: other noise of dither, and the dip's own slopes. */
const dipSafetyDb = 0.005;
/** Overs so near to each other are one: a dip's floor is wider. */
const mergeFrames = 32;
/** More than any detector's delay. */
const tailFrames = 128;
/** More than Annex 2 reads before a sample. */
const historyFrames = 32;

/**
 * Creates a meter of overs: it reads each group of channels through the filter of BS.1770-5, Annex 2, and through
 * the exact one, and only looks above the ceiling.
 */
export function createOverMeter(options: OverMeterOptions): OverMeter {
  const { kernels, channelCount, groups, ceilingDbtp } = options;
  const ceiling = dbToGain(ceilingDbtp);
  const searches = groups.map(({ channels }, group) => ({
    group,
    channels,
    inputs: channels.map((): Float32Array => new Float32Array(0)),
    /** The end of what came before. */
    history: channels.map(() => new Float32Array(historyFrames)),
    exact: createExactDetector(kernels, channels.length),
    standard: createFastDetector(kernels, channels.length),
  }));
  const envelope = new Float32Array(limiterStageCapacityFrames);
  const floor = Math.fround(ceiling);
  const overs: { readonly group: number; readonly frame: number; readonly peak: number }[] = [];
  let position = 0;

  const list = (group: number, frameCount: number, delaySamples: number): void => {
    for (let index = 0; index < frameCount; index++) {
      if (envelope[index] <= floor) continue;
      const frame = Math.max(0, position + index - delaySamples);
      overs.push({ group, frame, peak: envelope[index] });
    }
  };
  const search = ({ channels, frameCount }: AudioBlock): void => {
    const isStandardOver = (options.standardPeak?.() ?? Infinity) > ceiling;
    for (const { group, channels: own, inputs, history, exact, standard } of searches) {
      for (let index = 0; index < own.length; index++) inputs[index] = channels[own[index]];
      exact.envelope(inputs, frameCount, floor, envelope);
      list(group, frameCount, exact.delaySamples);
      if (isStandardOver) {
        standard.reset();
        standard.envelope(history, historyFrames, floor, envelope);
        standard.envelope(inputs, frameCount, floor, envelope);
        list(group, frameCount, standard.delaySamples);
      }
      for (let index = 0; index < own.length; index++) keepEnd(history[index], inputs[index], frameCount);
    }
    position += frameCount;
  };
  const process = (block: AudioBlock): void => {
    for (let from = 0; from < block.frameCount; from += limiterStageCapacityFrames) {
      const to = Math.min(block.frameCount, from + limiterStageCapacityFrames);
      const isWhole = to - from === block.frameCount;
      const channels = isWhole ? block.channels : block.channels.map((channel) => channel.subarray(from, to));
      search({ channels, frameCount: to - from });
    }
  };

  return {
    process,
    finish() {
      process(createAudioBlock(channelCount, tailFrames));
      const highest = overs.reduce((peak, over) => Math.max(peak, over.peak), 0);
      return { truePeakDbtp: highest > 0 ? gainToDb(highest) : undefined, dips: dipsOf(overs, ceilingDbtp) };
    },
  };
}

/** Moves the last frames behind those that are kept. */
function keepEnd(history: Float32Array, input: Float32Array, frameCount: number): void {
  const kept = Math.max(0, historyFrames - frameCount);
  history.copyWithin(0, historyFrames - kept);
  history.set(input.subarray(frameCount - historyFrames + kept, frameCount), kept);
}

/** A dip for every over, the highest of those near to each other. */
function dipsOf(
  overs: readonly { readonly group: number; readonly frame: number; readonly peak: number }[],
  ceilingDbtp: number,
): LimiterDip[] {
  const dips: LimiterDip[] = [];
  const byPlace = [...overs].sort((a, b) => a.group - b.group || a.frame - b.frame);
  for (const { group, frame, peak } of byPlace) {
    const dip = { group, frame, depthDb: gainToDb(peak) - ceilingDbtp + dipSafetyDb };
    const last = dips.at(-1);
    if (last?.group !== group || frame - last.frame > mergeFrames) dips.push(dip);
    else if (dip.depthDb > last.depthDb) dips[dips.length - 1] = dip;
  }
  return dips;
}
