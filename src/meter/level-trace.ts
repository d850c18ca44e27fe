import type { AudioBlock } from '../base/audio-block.ts';
import { annex2Fir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';

/** Level of a programme over time, in bins of 10 ms that start at sample round(k * rate / 100). */
export interface LevelTrace {
  /** Weighted energy of K-weighted samples, as the loudness meter sums it [bin]. */
  readonly energies: Float32Array;
  /** Largest peak of all channels but the LFE, as a limiter finds it (BS.1770-5, Annex 2), linear [bin]. */
  readonly peaks: Float32Array;
}

/** Records a level trace; 2.9 MB an hour. */
export interface LevelTracer {
  /** Takes the next stretch of the programme. */
  process(block: AudioBlock): void;
  /** Takes the energy of a bin: the `hearBin` of a loudness meter over the same programme. */
  hearBin(energy: number): void;
  trace(): LevelTrace;
}

/** What a level tracer needs. */
export interface LevelTracerOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly layout: Layout;
}

/** Peaks are found exactly down to so much below the highest so far; lower ones are sample peaks. */
const floorGain = 0.35;

/** Creates a tracer of levels. */
export function createLevelTracer({ kernels, sampleRateHz, layout }: LevelTracerOptions): LevelTracer {
  const channels = [...layout.loudspeakers.keys()].filter((channel) => !layout.loudspeakers[channel].isLfe);
  const kernel = kernels.createPeak(Math.max(1, channels.length), annex2Fir);
  const truePeaks = new Float32Array(channels.length);
  const samplePeaks = new Float32Array(channels.length);
  const energies = createGrowingArray();
  const peaks = createGrowingArray();
  let position = 0;
  let binEnd = 0;
  let highest = 0;
  const startBin = (): void => {
    binEnd = Math.round(((peaks.length + 1) * sampleRateHz) / 100);
    truePeaks.fill(floorGain * highest);
    samplePeaks.fill(0);
  };
  const endBin = (): void => {
    const truePeak = Math.max(...truePeaks);
    const peak = truePeak > floorGain * highest ? truePeak : Math.max(...samplePeaks);
    highest = Math.max(highest, peak);
    peaks.push(peak);
  };
  startBin();
  return {
    process(block) {
      if (channels.length === 0) return;
      for (let from = 0; from < block.frameCount;) {
        const to = Math.min(block.frameCount, from + binEnd - position);
        const inputs = channels.map((channel) => block.channels[channel].subarray(from, to));
        kernel.maxima(inputs, to - from, truePeaks, samplePeaks);
        position += to - from;
        from = to;
        if (position < binEnd) continue;
        endBin();
        startBin();
      }
    },
    hearBin: (energy) => energies.push(energy),
    trace: () => ({ energies: energies.values(), peaks: peaks.values() }),
  };
}

/** Numbers of which nobody knows how many will come. */
function createGrowingArray() {
  let array = new Float32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
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
