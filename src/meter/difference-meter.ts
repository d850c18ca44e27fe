import type { AudioBlock } from '../base/audio-block.ts';
import { dbToGain, gainToDb, powerToDb } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createOctaveMeter, type OctaveLevels } from './octave-levels.ts';

/** What a difference meter needs. */
export interface DifferenceMeterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Names of the channels; of both programmes the same. */
  readonly channels: readonly string[];
  /** Brings the second programme to the loudness of the first. */
  readonly matchGainDb: number;
}

/** Difference of one channel, second minus first. */
export interface ChannelDifference {
  readonly label: string;
  /** -Infinity where all samples are equal. */
  readonly peakDbfs: number;
  readonly rmsDbfs: number;
  /** Root mean square where both are equally loud. */
  readonly matchedRmsDbfs: number;
}

/** A third of an octave in which two programmes differ. */
export interface BandDifference {
  readonly channel: string;
  /** Exact mid-band frequency of IEC 61260-1. */
  readonly centreHz: number;
  /** Level of the second above that of the first, where both are equally loud. */
  readonly differenceDb: number;
}

/** How two programmes differ. */
export interface ProgrammeDifference {
  /** Whether every sample of both is the same. */
  readonly isIdentical: boolean;
  readonly channels: readonly ChannelDifference[];
  /** Largest of all channels. */
  readonly peakDbfs: number;
  /** Sample of the programme at which that is. */
  readonly peakSample: number;
  /** Mean power of all channels. */
  readonly rmsDbfs: number;
  readonly matchedRmsDbfs: number;
  /** The band with the largest difference; undefined where both are silent. */
  readonly worstBand: BandDifference | undefined;
}

/** Differences that are as near are the same, of which the first channel and its lowest band is named. */
const tieDb = 1e-6;

/** Measures the difference of two programmes in one pass. */
export interface DifferenceMeter {
  /** Takes the next stretch of both: the same channels, the same number of frames. */
  process(first: AudioBlock, second: AudioBlock): void;
  finish(): ProgrammeDifference;
}

/** Bands so far below the loudest of both are not compared further down: nobody hears them beside it. */
const bandRangeDb = 60;

/** Sums of one channel. */
interface Sums {
  peak: number;
  peakSample: number;
  energy: number;
  matchedEnergy: number;
}

/** Creates a meter of the difference of two programmes, in float64. */
export function createDifferenceMeter(options: DifferenceMeterOptions): DifferenceMeter {
  const { kernels, sampleRateHz, channels, matchGainDb } = options;
  const matchGain = dbToGain(matchGainDb);
  const sums = channels.map((): Sums => ({ peak: 0, peakSample: 0, energy: 0, matchedEnergy: 0 }));
  const bands = [0, 1].map(() => createOctaveMeter(kernels, channels.length, sampleRateHz, 3));
  let frames = 0;
  return {
    process(first, second) {
      for (const [channel, one] of sums.entries())
        addDifference(
          one,
          first.channels[channel]!,
          second.channels[channel]!,
          first.frameCount,
          matchGain,
          frames,
        );
      bands[0]!.take(first);
      bands[1]!.take(second);
      frames += first.frameCount;
    },
    finish() {
      const rms = (energy: number, count: number): number =>
        energy > 0 ? powerToDb(energy / (frames * count)) : -Infinity;
      const total = (key: 'energy' | 'matchedEnergy'): number =>
        rms(
          sums.reduce((sum, one) => sum + one[key], 0),
          sums.length,
        );
      const largest = sums.reduce((best, one) => (isLarger(one, best) ? one : best));
      return {
        isIdentical: largest.peak === 0,
        channels: sums.map(({ peak, energy, matchedEnergy }, channel) => ({
          label: channels[channel]!,
          peakDbfs: gainToDb(peak),
          rmsDbfs: rms(energy, 1),
          matchedRmsDbfs: rms(matchedEnergy, 1),
        })),
        peakDbfs: gainToDb(largest.peak),
        peakSample: largest.peakSample,
        rmsDbfs: total('energy'),
        matchedRmsDbfs: total('matchedEnergy'),
        worstBand: worstBand(bands[0]!.finish(), bands[1]!.finish(), channels, matchGainDb),
      };
    },
  };
}

/** Of equal peaks the earliest counts, whatever its channel. */
const isLarger = (one: Sums, best: Sums): boolean =>
  one.peak > best.peak || (one.peak === best.peak && one.peakSample < best.peakSample);

/** Adds a stretch of one channel. @param start sample of the programme at which it begins */
function addDifference(
  sums: Sums,
  first: Float32Array,
  second: Float32Array,
  frameCount: number,
  matchGain: number,
  start: number,
): void {
  let { peak, peakSample, energy, matchedEnergy } = sums;
  for (let n = 0; n < frameCount; n++) {
    const difference = second[n]! - first[n]!;
    const matched = matchGain * second[n]! - first[n]!;
    energy += difference * difference;
    matchedEnergy += matched * matched;
    if (Math.abs(difference) > peak) {
      peak = Math.abs(difference);
      peakSample = start + n;
    }
  }
  Object.assign(sums, { peak, peakSample, energy, matchedEnergy });
}

function worstBand(
  first: OctaveLevels,
  second: OctaveLevels,
  labels: readonly string[],
  matchGainDb: number,
): BandDifference | undefined {
  const loudestDbfs = Math.max(
    ...first.levelsDbfs.flat(),
    ...second.levelsDbfs.flat().map((levelDbfs) => levelDbfs + matchGainDb),
  );
  if (loudestDbfs === -Infinity) return undefined;
  const audible = (levelDbfs: number): number => Math.max(levelDbfs, loudestDbfs - bandRangeDb);
  const differences = labels.flatMap((channel, index) =>
    first.centresHz.map((centreHz, band): BandDifference => {
      const [one, other] = [first.levelsDbfs[index]![band]!, second.levelsDbfs[index]![band]!];
      return { channel, centreHz, differenceDb: audible(other + matchGainDb) - audible(one) };
    }),
  );
  return differences.reduce((worst, one) =>
    Math.abs(one.differenceDb) > Math.abs(worst.differenceDb) + tieDb ? one : worst,
  );
}
