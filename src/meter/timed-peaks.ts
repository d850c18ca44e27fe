import type { AudioBlock } from '../base/audio-block.ts';
import { createAudioBlock } from '../base/audio-block.ts';
import { dbToGain } from '../base/units.ts';
import { createPeakKernel, peakFir, type TruePeakMeterOptions } from './true-peak-meter.ts';
import { createOverList, type Over } from './over-list.ts';
import { stepStart } from './step-buffer.ts';

/** Overs of a channel that are at most so far apart are one. */
const mergeSec = 0.01;
/** Overs that are kept. */
const keptOvers = 1000;

/** What timed peaks need. */
export interface TimedPeaksOptions extends TruePeakMeterOptions {
  readonly sampleRateHz: number;
  /** What is above is an over. */
  readonly ceilingDbtp: number;
}

/** Peaks of a programme and when they were; linear. */
export interface TimedPeaks {
  /** [channel]; never below the sample peak. */
  readonly truePeaks: Float32Array;
  /** Sample at or after which the true peak was first reached [channel]; NaN for silence. */
  readonly truePeakSamples: readonly number[];
  /** [channel] */
  readonly samplePeaks: Float32Array;
  /** True peak of all channels in each step of 100 ms [step]. */
  readonly stepPeaks: Float32Array;
  readonly overCount: number;
  /** The first 1000. */
  readonly overs: readonly Over[];
}

/** Follows the peaks of every channel, in steps of 100 ms. */
export interface TimedPeakMeter {
  /** @param samplePeak largest magnitude of the step's samples, all channels; linear */
  take(step: AudioBlock, startSample: number, samplePeak: number): void;
  /** Ends the programme (the filters run out on silence) and gives its peaks. */
  finish(): TimedPeaks;
}

/** Creates a meter of peaks with their times. */
export const createTimedPeakMeter = (options: TimedPeaksOptions): TimedPeakMeter =>
  new TimedPeaksOfSteps(options);

/**
 * A search for a channel's peak skips what cannot exceed a floor: its peak so far, the ceiling, or the largest sample
 * of all channels in the step, which the step's own peak is not below; whichever is lowest. Only a step in which the peak rises is kept, and searched for the place at the end; only a step with an
 * over is searched for where it is at once.
 */
class TimedPeaksOfSteps implements TimedPeakMeter {
  readonly #channelCount: number;
  readonly #ceiling: number;
  readonly #tapCount: number;
  readonly #kernel;
  /** Searches one channel. */
  readonly #finder;
  readonly #envelope: Float32Array;
  /** Last samples before the step [channel][tapCount]. */
  readonly #histories: Float32Array[];
  /** Step in which the peak rose last, behind its history [channel], and its first sample. */
  readonly #keptSteps: Float32Array[];
  readonly #keptFrames: number[];
  readonly #keptStarts: number[];
  readonly #truePeaks: Float32Array;
  readonly #samplePeaks: Float32Array;
  /** Peaks of the running step where they are above the floor, and the floor elsewhere [channel]. */
  readonly #peaks: Float32Array;
  readonly #samples: Float32Array;
  readonly #overs;
  /** Peak of each step; grows by doubling. */
  #stepPeaks = new Float32Array(1024);
  #stepCount = 0;
  #endSample = 0;

  constructor(options: TimedPeaksOptions) {
    const { channelCount, sampleRateHz, ceilingDbtp } = options;
    const rows = (length: number): Float32Array[] =>
      Array.from({ length: channelCount }, () => new Float32Array(length));
    const stepFrames = stepStart(1, sampleRateHz) + 1;
    this.#channelCount = channelCount;
    this.#ceiling = Math.fround(dbToGain(ceilingDbtp));
    this.#tapCount = peakFir(options.mode).tapCount;
    this.#kernel = createPeakKernel(options);
    this.#finder = createPeakKernel({ ...options, channelCount: 1 });
    this.#envelope = new Float32Array(Math.max(stepFrames, this.#tapCount));
    this.#histories = rows(this.#tapCount);
    this.#keptSteps = rows(this.#tapCount + Math.max(stepFrames, this.#tapCount));
    this.#keptFrames = new Array<number>(channelCount).fill(0);
    this.#keptStarts = new Array<number>(channelCount).fill(NaN);
    this.#truePeaks = new Float32Array(channelCount);
    this.#samplePeaks = new Float32Array(channelCount);
    this.#peaks = new Float32Array(channelCount);
    this.#samples = new Float32Array(channelCount);
    this.#overs = createOverList(Math.round(mergeSec * sampleRateHz), keptOvers);
  }

  take(step: AudioBlock, startSample: number, samplePeak: number): void {
    const peak = this.#measure(step, startSample, samplePeak);
    if (this.#stepCount === this.#stepPeaks.length) {
      const grown = new Float32Array(2 * this.#stepCount);
      grown.set(this.#stepPeaks);
      this.#stepPeaks = grown;
    }
    this.#stepPeaks[this.#stepCount++] = peak;
    this.#endSample = startSample + step.frameCount;
  }

  finish(): TimedPeaks {
    const tail = this.#measure(createAudioBlock(this.#channelCount, this.#tapCount), this.#endSample, 0);
    const last = this.#stepCount - 1;
    if (last >= 0) this.#stepPeaks[last] = Math.max(this.#stepPeaks[last], tail);
    const { count, overs } = this.#overs.result();
    return {
      truePeaks: this.#truePeaks,
      truePeakSamples: this.#keptStarts.map((_, channel) => this.#peakSample(channel)),
      samplePeaks: this.#samplePeaks,
      stepPeaks: this.#stepPeaks.subarray(0, this.#stepCount),
      overCount: count,
      overs,
    };
  }

  /** Takes a stretch. @returns the true peak of all channels in it */
  #measure(step: AudioBlock, startSample: number, samplePeak: number): number {
    const { channels, frameCount } = step;
    this.#samples.fill(0);
    const highest = Math.min(this.#ceiling, samplePeak);
    for (let channel = 0; channel < this.#channelCount; channel++)
      this.#peaks[channel] = Math.min(this.#truePeaks[channel], highest);
    this.#kernel.maxima(channels, frameCount, this.#peaks, this.#samples);
    let largest = 0;
    for (let channel = 0; channel < this.#channelCount; channel++) {
      const floor = Math.min(this.#truePeaks[channel], highest);
      const sample = this.#samples[channel];
      const peak = this.#peaks[channel] > floor ? Math.max(this.#peaks[channel], sample) : sample;
      largest = Math.max(largest, peak);
      this.#samplePeaks[channel] = Math.max(this.#samplePeaks[channel], sample);
      if (peak > this.#truePeaks[channel]) this.#keep(channel, step, startSample, peak);
      if (peak > this.#ceiling) this.#findOvers(channel, step, startSample);
      this.#advance(this.#histories[channel], channels[channel], frameCount);
    }
    return largest;
  }

  #keep(channel: number, { channels, frameCount }: AudioBlock, startSample: number, peak: number): void {
    this.#truePeaks[channel] = peak;
    this.#keptSteps[channel].set(this.#histories[channel]);
    this.#keptSteps[channel].set(channels[channel].subarray(0, frameCount), this.#tapCount);
    this.#keptFrames[channel] = frameCount;
    this.#keptStarts[channel] = startSample;
  }

  #findOvers(channel: number, { channels, frameCount }: AudioBlock, startSample: number): void {
    const samples = channels[channel].subarray(0, frameCount);
    this.#search(this.#histories[channel], samples, startSample, this.#ceiling, (sample, magnitude) =>
      this.#overs.add(channel, sample, magnitude),
    );
  }

  #peakSample(channel: number): number {
    let place = NaN;
    let highest = 0;
    const kept = this.#keptSteps[channel];
    const history = kept.subarray(0, this.#tapCount);
    const samples = kept.subarray(this.#tapCount, this.#tapCount + this.#keptFrames[channel]);
    const floor = Math.fround(0.999 * this.#truePeaks[channel]);
    this.#search(history, samples, this.#keptStarts[channel], floor, (sample, magnitude) => {
      if (!(magnitude > highest)) return;
      highest = magnitude;
      place = sample;
    });
    return place;
  }

  /** Visits what is above a floor in a stretch of one channel: crests by the filter, and samples. */
  #search(
    history: Float32Array,
    samples: Float32Array,
    startSample: number,
    floor: number,
    visit: (sample: number, magnitude: number) => void,
  ): void {
    this.#finder.reset();
    this.#finder.envelope([history], history.length, floor, this.#envelope);
    this.#finder.envelope([samples], samples.length, floor, this.#envelope);
    const delay = this.#tapCount / 2;
    for (let frame = 0; frame < samples.length; frame++) {
      if (this.#envelope[frame] > floor) visit(startSample + frame - delay, this.#envelope[frame]);
      const magnitude = Math.abs(samples[frame]);
      if (magnitude > floor) visit(startSample + frame, magnitude);
    }
  }

  /** Makes the end of a step the history of the next. */
  #advance(history: Float32Array, samples: Float32Array, frameCount: number): void {
    const fresh = Math.min(frameCount, history.length);
    history.copyWithin(0, fresh);
    history.set(samples.subarray(frameCount - fresh, frameCount), history.length - fresh);
  }
}
