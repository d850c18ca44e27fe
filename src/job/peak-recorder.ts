import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import { gainToDb } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createExactDetector, limiterStageCapacityFrames } from '../master/limiter-stage.ts';
import type { Tap } from './pump.ts';
import { createScratch, type ScratchDescription } from './scratch.ts';

/** The true peaks of a render, at every sample. */
export interface RecordedPeaks {
  /** A channel for each row: the largest magnitude of all its channels from each sample to the next, linear. */
  readonly scratch: ScratchDescription;
  /** The same in bins of 10 ms that start at sample round(k * rate / 100) [row][bin]. */
  readonly binPeaks: readonly Float32Array[];
  /** Of all channels. */
  readonly truePeakDbtp: number;
}

/** What a recorder needs. */
export interface PeakRecorderOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** Channels of each row; none for silence. */
  readonly rows: readonly (readonly number[])[];
  readonly frameCount: number;
  readonly scratchDir: string;
  /** Peaks matter down to so far below the highest; lower ones read at most as high as that. */
  readonly rangeDb: number;
}

/** A tap that records true peaks. */
export interface PeakRecorder extends Tap {
  finish(): Promise<RecordedPeaks>;
  dispose(): Promise<void>;
}

/** Starts to record the true peaks of what passes. @throws OutputError 'scratch-...' */
export async function createPeakRecorder(options: PeakRecorderOptions): Promise<PeakRecorder> {
  const { channelCount, frameCount, scratchDir } = options;
  const scratch = await createScratch(scratchDir, { channelCount: options.rows.length, frameCount });
  const rows = options.rows.map((channels) => createRow(channels, options));
  // That of every detector.
  const delaySamples = Math.max(...rows.map((row) => row.delaySamples));
  let skipped = delaySamples;
  let left = frameCount;

  const takePart = async (channels: readonly Float32Array[], frames: number): Promise<void> => {
    for (const row of rows) row.listen(channels, frames);
    const from = Math.min(frames, skipped);
    const count = Math.min(left, frames - from);
    skipped -= from;
    left -= count;
    const part = rows.map((row) => row.count(from, count));
    if (count > 0) await scratch.write({ channels: part, frameCount: count });
  };
  const take = async ({ channels, frameCount: frames }: AudioBlock): Promise<void> => {
    for (let from = 0; from < frames; from += limiterStageCapacityFrames) {
      const to = Math.min(frames, from + limiterStageCapacityFrames);
      await takePart(
        channels.map((channel) => channel.subarray(from, to)),
        to - from,
      );
    }
  };
  return {
    take,
    async finish() {
      await take(createAudioBlock(channelCount, delaySamples));
      await scratch.close();
      const truePeakDbtp = Math.max(...rows.map((row) => gainToDb(row.highest)));
      return { scratch: scratch.description, binPeaks: rows.map(({ binPeaks }) => binPeaks), truePeakDbtp };
    },
    dispose: () => scratch.dispose(),
  };
}

/** Follows the peaks of some channels; of none it finds silence. */
function createRow(
  channels: readonly number[],
  { kernels, sampleRateHz, frameCount, rangeDb }: PeakRecorderOptions,
) {
  const detector = channels.length > 0 ? createExactDetector(kernels, channels.length) : undefined;
  const rangeGain = 10 ** (-rangeDb / 20);
  const binPeaks = new Float32Array(Math.ceil((frameCount * 100) / sampleRateHz) + 1);
  const envelope = new Float32Array(limiterStageCapacityFrames);
  let position = 0;
  let bin = 0;
  let binEnd = 0;
  return {
    delaySamples: detector?.delaySamples ?? 0,
    binPeaks,
    highest: 0,
    listen(inputs: readonly Float32Array[], frames: number): void {
      const floor = Math.fround(this.highest * rangeGain);
      const own = channels.map((channel) => inputs[channel]!);
      detector?.envelope(own, frames, floor, envelope);
    },
    /** Takes so many of the frames that were heard last. */
    count(from: number, count: number): Float32Array {
      const peaks = envelope.subarray(from, from + count);
      for (const peak of peaks) {
        if (position++ >= binEnd) binEnd = Math.round((++bin * sampleRateHz) / 100);
        if (peak > binPeaks[bin - 1]!) binPeaks[bin - 1] = peak;
        if (peak > this.highest) this.highest = peak;
      }
      return peaks;
    },
  };
}
