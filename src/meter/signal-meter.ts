import type { AudioBlock } from '../base/audio-block.ts';
import { gainToDb } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { channelLevels } from './channel-levels.ts';
import { createClippingMeter } from './clipped-runs.ts';
import { createCorrelationMeter } from './correlation.ts';
import { createDynamicRangeMeter, programmeDynamicRange } from './dynamic-range.ts';
import type { ChannelMeasurement, ClippedRunMeasurement, SignalFigures } from './measurement.ts';
import { createOctaveMeter, type OctaveLevels } from './octave-levels.ts';
import { createSilenceMeter } from './outer-silence.ts';
import { createStepBuffer } from './step-buffer.ts';
import { createTimedPeakMeter, type TimedPeaks } from './timed-peaks.ts';
import type { TruePeakMode } from './true-peak-meter.ts';

/** Runs of all channels that are listed. */
const listedRuns = 1000;

/** What a signal meter needs. */
export interface SignalMeterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly channels: readonly { readonly label: string; readonly isLfe: boolean }[];
  /** Channels that are compared [pair][left, right]. */
  readonly pairs: readonly (readonly [left: number, right: number])[];
  /** 'standard' unless given. */
  readonly truePeakMode?: TruePeakMode | undefined;
  /** Overs are above it; -1 dBTP (EBU R 128) unless given. */
  readonly ceilingDbtp?: number | undefined;
}

/** Measures the samples of all channels in one pass. */
export interface SignalMeter {
  process(block: AudioBlock): void;
  /** Ends the programme and gives its figures, and the true peak of all channels in each 100 ms, linear. */
  finish(): { readonly figures: SignalFigures; readonly stepPeaks: Float32Array };
}

/** Creates a meter of all that needs no loudness. */
export const createSignalMeter = (options: SignalMeterOptions): SignalMeter =>
  new SteppedSignalMeter(options);

class SteppedSignalMeter implements SignalMeter {
  readonly #options: SignalMeterOptions;
  readonly #ceilingDbtp: number;
  readonly #buffer;
  readonly #statisticsKernel;
  /** [channel][sum, sum of squares, lowest, highest] of the step, and sums of all. */
  readonly #statistics: Float64Array;
  readonly #totals: Float64Array;
  readonly #products: Float64Array;
  readonly #peaks;
  readonly #octaves;
  readonly #silence;
  readonly #clipping;
  readonly #dynamics;
  readonly #correlations;
  #frames = 0;

  constructor(options: SignalMeterOptions) {
    const { kernels, sampleRateHz, channels, pairs, truePeakMode, ceilingDbtp = -1 } = options;
    const channelCount = channels.length;
    this.#options = options;
    this.#ceilingDbtp = ceilingDbtp;
    this.#buffer = createStepBuffer(channelCount, sampleRateHz, (step, start) => this.#take(step, start));
    this.#statisticsKernel = kernels.createStatistics(channelCount, pairs);
    this.#statistics = new Float64Array(4 * channelCount);
    this.#totals = new Float64Array(2 * channelCount);
    this.#products = new Float64Array(pairs.length);
    const peaks = { kernels, channelCount, sampleRateHz, mode: truePeakMode, ceilingDbtp };
    this.#peaks = createTimedPeakMeter(peaks);
    this.#octaves = createOctaveMeter(kernels, channelCount, sampleRateHz);
    this.#silence = createSilenceMeter(sampleRateHz);
    this.#clipping = channels.map(() => createClippingMeter());
    this.#dynamics = channels.map(() => createDynamicRangeMeter());
    this.#correlations = pairs.map(() => createCorrelationMeter());
  }

  process(block: AudioBlock): void {
    this.#frames += block.frameCount;
    this.#buffer.process(block);
  }

  #take(step: AudioBlock, startSample: number): void {
    const { channels, frameCount } = step;
    this.#statisticsKernel.measure(channels, frameCount, this.#statistics, this.#products);
    let highestPeak = 0;
    for (let channel = 0; channel < channels.length; channel++) {
      const [sum, squares, lowest, highest] = this.#statistics.subarray(4 * channel, 4 * channel + 4);
      const samples = channels[channel];
      const peak = Math.max(highest, -lowest);
      highestPeak = Math.max(highestPeak, peak);
      this.#totals[2 * channel]! += sum;
      this.#totals[2 * channel + 1]! += squares;
      this.#dynamics[channel].take(squares, peak, frameCount);
      this.#silence.take(samples, frameCount, startSample, peak);
      this.#clipping[channel].take(samples, frameCount, startSample, lowest, highest);
    }
    const endSec = (startSample + frameCount) / this.#options.sampleRateHz;
    for (const [index, [left, right]] of this.#options.pairs.entries()) {
      const [first, second] = [this.#statistics[4 * left + 1], this.#statistics[4 * right + 1]];
      this.#correlations[index].take(first, second, this.#products[index], frameCount, endSec);
    }
    this.#peaks.take(step, startSample, highestPeak);
    this.#octaves.take(step);
  }

  finish(): { readonly figures: SignalFigures; readonly stepPeaks: Float32Array } {
    this.#buffer.finish();
    const { channels: names, pairs } = this.#options;
    const peaks = this.#peaks.finish();
    const octaves = this.#octaves.finish();
    const channels = names.map((_, channel) => this.#channelFigures(channel, peaks, octaves));
    const loudest = channels.reduce(
      (best, { truePeakDbtp }, channel) => (truePeakDbtp > channels[best].truePeakDbtp ? channel : best),
      0,
    );
    const { truePeakDbtp, truePeakSec, label } = channels[loudest];
    const heard = channels.filter((_, channel) => !names[channel].isLfe);
    const figures: SignalFigures = {
      truePeakDbtp,
      truePeakSec,
      truePeakChannel: truePeakDbtp === -Infinity ? '' : label,
      samplePeakDbfs: Math.max(...channels.map(({ samplePeakDbfs }) => samplePeakDbfs)),
      dynamicRange: programmeDynamicRange(heard.map(({ dynamicRangeDb }) => dynamicRangeDb)),
      channels,
      pairs: pairs.map(([left, right], pair) => ({
        left: names[left].label,
        right: names[right].label,
        ...this.#correlations[pair].result(),
      })),
      octaveBandsHz: octaves.centresHz,
      silence: this.#silence.result(this.#frames),
      overs: this.#overs(peaks),
      clippedRuns: this.#clippedRuns(),
      frameCount: this.#frames,
    };
    return { figures, stepPeaks: peaks.stepPeaks };
  }

  #channelFigures(channel: number, peaks: TimedPeaks, octaves: OctaveLevels): ChannelMeasurement {
    const samplePeak = peaks.samplePeaks[channel];
    const [sum, squares] = this.#totals.subarray(2 * channel);
    return {
      label: this.#options.channels[channel].label,
      truePeakDbtp: gainToDb(peaks.truePeaks[channel]),
      truePeakSec: peaks.truePeakSamples[channel] / this.#options.sampleRateHz,
      samplePeakDbfs: gainToDb(samplePeak),
      ...channelLevels(sum, squares, samplePeak, this.#frames),
      dynamicRangeDb: this.#dynamics[channel].result(),
      octaveBandsDbfs: octaves.levelsDbfs[channel],
    };
  }

  #overs({ overCount, overs }: TimedPeaks): SignalFigures['overs'] {
    const { sampleRateHz, channels } = this.#options;
    const list = overs.map(({ channel, startSample, endSample, peak }) => ({
      channel: channels[channel].label,
      startSec: startSample / sampleRateHz,
      durationSec: (endSample - startSample + 1) / sampleRateHz,
      truePeakDbtp: gainToDb(peak),
    }));
    return { ceilingDbtp: this.#ceilingDbtp, count: overCount, list };
  }

  #clippedRuns(): SignalFigures['clippedRuns'] {
    const { sampleRateHz, channels } = this.#options;
    const found = this.#clipping.map((meter) => meter.result());
    const list = found
      .flatMap(({ runs }, channel) =>
        runs.map(({ startSample, lengthSamples }): ClippedRunMeasurement => ({
          channel: channels[channel].label,
          startSec: startSample / sampleRateHz,
          lengthSamples,
        })),
      )
      .sort((a, b) => a.startSec - b.startSec)
      .slice(0, listedRuns);
    return { count: found.reduce((sum, { count }) => sum + count, 0), list };
  }
}
