import type { AudioBlock } from '../base/audio-block.ts';
import { annex2Fir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';

/** Level of a group of channels over time, in bins of 10 ms that start at sample round(k * rate / 100). */
export interface GroupLevels {
  /** Weighted energy of K-weighted samples, as the loudness meter sums it [bin]; none where only LFEs are. */
  readonly energies: Float32Array;
  /** Largest peak of all channels, as a limiter finds it (BS.1770-5, Annex 2), linear [bin]. */
  readonly peaks: Float32Array;
}

/** Level of a programme over time [group]. */
export type LevelTrace = readonly GroupLevels[];

/** Records a level trace: 2.9 MB an hour for each group, LFEs half of it; 10 MB for the four of 7.1.4. */
export interface LevelTracer {
  /** Takes the next stretch of the programme. */
  process(block: AudioBlock): void;
  /** Takes the energies of a bin: the `hearBin` of a loudness meter over the same programme. */
  hearBin(energies: Float64Array): void;
  trace(): LevelTrace;
}

/** What a level tracer needs. */
export interface LevelTracerOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly layout: Layout;
  /** Channels of each group. */
  readonly groups: readonly (readonly number[])[];
}

/** Peaks are found exactly down to so much below the highest so far; lower ones are sample peaks. */
const floorGain = 0.35;

/** Creates a tracer of levels. */
export function createLevelTracer(options: LevelTracerOptions): LevelTracer {
  const { kernels, sampleRateHz, layout } = options;
  const channelCount = layout.loudspeakers.length;
  const groups = options.groups.map((channels) => ({
    channels,
    isHeard: channels.some((channel) => !layout.loudspeakers[channel].isLfe),
    energies: createGrowingArray(),
    peaks: createGrowingArray(),
  }));
  const kernel = kernels.createPeak(channelCount, annex2Fir);
  const truePeaks = new Float32Array(channelCount);
  const samplePeaks = new Float32Array(channelCount);
  let position = 0;
  let bin = 0;
  let binEnd = 0;
  let floor = 0;
  const startBin = (): void => {
    binEnd = Math.round(((bin + 1) * sampleRateHz) / 100);
    truePeaks.fill(floor);
    samplePeaks.fill(0);
  };
  const endBin = (): void => {
    const binFloor = floor;
    for (const { channels, peaks } of groups) {
      const truePeak = largest(truePeaks, channels);
      const peak = truePeak > binFloor ? truePeak : largest(samplePeaks, channels);
      floor = Math.max(floor, Math.fround(floorGain * peak));
      peaks.push(peak);
    }
    bin++;
  };
  startBin();
  return {
    process(block) {
      for (let from = 0; from < block.frameCount;) {
        const to = Math.min(block.frameCount, from + binEnd - position);
        const inputs = block.channels.map((channel) => channel.subarray(from, to));
        kernel.maxima(inputs, to - from, truePeaks, samplePeaks);
        position += to - from;
        from = to;
        if (position < binEnd) continue;
        endBin();
        startBin();
      }
    },
    hearBin(binEnergies) {
      for (const { channels, isHeard, energies } of groups) {
        if (isHeard) energies.push(channels.reduce((sum, channel) => sum + binEnergies[channel], 0));
      }
    },
    trace: () =>
      groups.map(({ energies, peaks }) => ({ energies: energies.values(), peaks: peaks.values() })),
  };
}

/** Largest of the values of some channels. */
const largest = (values: Float32Array, channels: readonly number[]): number =>
  channels.reduce((most, channel) => Math.max(most, values[channel]), 0);

/** Numbers of which nobody knows how many will come. */
function createGrowingArray() {
  let array = new Float32Array(1024);
  let length = 0;
  return {
    push(value: number): void {
      if (length === array.length) {
        const grown = new Float32Array(2 * length);
        grown.set(array);
        array = grown;
      }
      array[length++] = value;
    },
    values: (): Float32Array => array.slice(0, length),
  };
}
