import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { designCrossover, designLinearPhaseCrossover } from '../../dsp/crossover.ts';
import { createFirProcessor } from '../../dsp/fir-processor.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { BandSplitKernel, BandSplitOptions } from '../../kernels/interfaces/filters.ts';
import { memberRoundFrames } from './process-members.ts';

/** Brings the bands of channels into a kernel. */
export interface BandSplitter {
  readonly kernel: BandSplitKernel;
  /** Bands are so late. */
  readonly latencySamples: number;
  /** Splits the next frames, `memberRoundFrames` at most. */
  split(inputs: readonly Float32Array[], frameCount: number): void;
  reset(): void;
}

/** Crossovers of a splitter, and who hears its bands. */
export interface BandSplitterOptions extends Omit<BandSplitOptions, 'crossovers'> {
  readonly crossoversHz: readonly number[];
  readonly phase: 'minimum' | 'linear';
  readonly sampleRateHz: number;
}

/** Creates the splitter of one phase or the other. */
export function createBandSplitter(kernels: Kernels, options: BandSplitterOptions): BandSplitter {
  const { crossoversHz, phase, sampleRateHz } = options;
  const crossovers = crossoversHz.map((frequencyHz) => designCrossover(frequencyHz, sampleRateHz));
  const kernel = kernels.createBandSplit({ ...options, crossovers });
  if (phase === 'linear') return createLinearSplitter(kernels, kernel, options);
  return {
    kernel,
    latencySamples: 0,
    split: (inputs, frameCount) => kernel.split(inputs, frameCount),
    reset: () => kernel.reset(),
  };
}

/** Bands as differences of low-passes: each has what the one above leaves and the one below does not. */
function createLinearSplitter(
  kernels: Kernels,
  kernel: BandSplitKernel,
  { crossoversHz, sampleRateHz }: BandSplitterOptions,
): BandSplitter {
  const { channelCount, bandCount } = kernel;
  const { lowPasses, delaySamples } = designLinearPhaseCrossover(crossoversHz, sampleRateHz);
  const filters = lowPasses.flatMap((taps) => Array.from({ length: channelCount }, () => taps));
  const fir = createFirProcessor(kernels, filters, delaySamples);
  const { latencySamples } = fir;
  const input: AudioBlock = { channels: filters.map(() => new Float32Array(0)), frameCount: 0 };
  const filtered = createAudioBlock(filters.length, memberRoundFrames);
  const delays = Array.from({ length: channelCount }, () => createSampleDelay(latencySamples));
  const whole = delays.map(() => new Float32Array(memberRoundFrames));
  /** What lies below each crossover, and all [band][channel]. */
  const below = Array.from({ length: bandCount }, (_, band) =>
    band === bandCount - 1 ? whole : filtered.channels.slice(band * channelCount, (band + 1) * channelCount),
  );
  const takeAway = (upper: Float32Array, lower: Float32Array, frameCount: number): void => {
    for (let n = 0; n < frameCount; n++) upper[n]! -= lower[n]!;
  };
  return {
    kernel,
    latencySamples,
    split(inputs, frameCount) {
      input.frameCount = filtered.frameCount = frameCount;
      for (let index = 0; index < filters.length; index++)
        input.channels[index] = inputs[index % channelCount]!;
      fir.process(input, filtered);
      for (let channel = 0; channel < channelCount; channel++)
        delays[channel]!.process(inputs[channel]!, whole[channel]!, frameCount);
      for (let band = bandCount - 1; band >= 0; band--) {
        for (let channel = 0; band > 0 && channel < channelCount; channel++)
          takeAway(below[band]![channel]!, below[band - 1]![channel]!, frameCount);
        kernel.load(band, below[band]!, frameCount);
      }
    },
    reset() {
      fir.reset();
      for (const delay of delays) delay.reset();
    },
  };
}
