import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';
import { designResampler, resampledFrames } from '../dsp/resampler.ts';
import { createStreamResampler } from '../dsp/stream-resampler.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { getLayout } from '../layouts/built-in.ts';
import { createFiguresMeter, type FiguresMeterOptions } from '../meter/measure.ts';
import type { BlockFigures, ProgrammeFigures } from '../meter/measurement.ts';
import { createLargestPeakMeter } from '../meter/true-peak-meter.ts';
import { ambisonicChannelCount, type AmbisonicSettings } from '../render/ambisonic/ambisonic-format.ts';
import { createFoldProcessor } from '../render/downmix/fold-processor.ts';
import { createRenderer } from '../render/renderer.ts';
import { ambisonicScene } from '../scene/make-scene.ts';
import type { PlannedTarget } from './plan.ts';
import { defaultBlockFrames, type Tap } from './pump.ts';

/** A tap that measures, and says what at the end. */
export interface MeterTap<Figures> extends Tap {
  finish(): Figures;
}

/** Measures loudness and peaks of what passes. */
export function createMeterTap(options: FiguresMeterOptions): MeterTap<BlockFigures> {
  const meter = createFiguresMeter(options);
  return { take: (block) => meter.process(block), finish: () => meter.finish() };
}

/** Sends what passes through a processor to another tap, without the silence of its latency. */
export function createChainTap(processor: Processor, tap: Tap): Tap {
  let output = createAudioBlock(processor.outputChannelCount, defaultBlockFrames);
  let latencyFrames = processor.latencySamples;
  return {
    take(block: AudioBlock) {
      if (block.frameCount > output.channels[0].length) {
        output = createAudioBlock(processor.outputChannelCount, block.frameCount);
      }
      output.frameCount = block.frameCount;
      processor.process(block, output);
      if (latencyFrames === 0) return tap.take(output);
      const skipped = Math.min(latencyFrames, block.frameCount);
      latencyFrames -= skipped;
      const channels = output.channels.map((channel) => channel.subarray(skipped, block.frameCount));
      return tap.take({ channels, frameCount: block.frameCount - skipped });
    },
  };
}

/** A stretch of audio that changes its sample rate. */
export interface RateChange {
  readonly fromHz: number;
  readonly toHz: number;
  readonly channelCount: number;
  readonly frameCount: number;
}

/** A bus that passes at the sample rate of its scene. */
export interface PassingBus {
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Frames that will pass. */
  readonly frameCount: number;
}

/** Folds a bus down to the target's channels before the tap; the tap itself where nothing is folded. */
export function foldTap(
  { fold, channelCount }: PlannedTarget,
  bus: PassingBus,
  kernels: Kernels,
  tap: Tap,
): Tap {
  if (!fold) return tap;
  const processor = createFoldProcessor({
    kernels,
    fold,
    inputCount: bus.channelCount,
    outputCount: channelCount,
    sampleRateHz: bus.sampleRateHz,
  });
  const chain = createChainTap(processor, tap);
  const { latencySamples } = processor;
  if (latencySamples === 0) return chain;
  let missing = bus.frameCount;
  return {
    async take(block) {
      await chain.take(block);
      missing -= block.frameCount;
      // What the processor still holds comes out with silence.
      if (missing <= 0) await chain.take(createAudioBlock(bus.channelCount, latencySamples));
    },
  };
}

/**
 * Brings what passes to another sample rate before the tap: exactly `resampledFrames` frames, the first at the same
 * time. The tap itself where the rates are one.
 * @param frameCount frames that will pass
 */
export function resampleTap(
  { fromHz, toHz, channelCount, frameCount }: RateChange,
  kernels: Kernels,
  tap: Tap,
): Tap {
  if (fromHz === toHz) return tap;
  const design = designResampler(fromHz, toHz);
  const resampler = createStreamResampler(kernels, channelCount, design);
  const silence = createAudioBlock(channelCount, defaultBlockFrames);
  let missing = frameCount;
  let wanted = resampledFrames(frameCount, design);
  const pass = async (block: AudioBlock): Promise<void> => {
    const output = resampler.process(block);
    output.frameCount = Math.min(output.frameCount, wanted);
    wanted -= output.frameCount;
    if (output.frameCount > 0) await tap.take(output);
  };
  return {
    async take(block) {
      missing -= block.frameCount;
      await pass(block);
      // The last frames need what comes behind the end: silence.
      while (missing <= 0 && wanted > 0) await pass(silence);
    },
  };
}

/** What an ambisonic bus, and all that is decoded from it, measures at unity gain. */
export interface AmbisonicFigures {
  /** Largest precise true peak of the channels and of all decodes. */
  readonly truePeakDbtp: number;
  readonly decodes: readonly { readonly name: string; readonly figures: ProgrammeFigures }[];
}

/** Listens to an ambisonic bus as it is, decoded to 7.1.4, and decoded for headphones. */
export function createAmbisonicTap(options: {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly order: number;
  /** How the bus was rendered. */
  readonly settings?: AmbisonicSettings | undefined;
  readonly hrtf: HrtfSet | undefined;
}): MeterTap<AmbisonicFigures> {
  const { kernels, sampleRateHz, order, settings = {}, hrtf } = options;
  const channelCount = ambisonicChannelCount(order, settings);
  const channelPeaks = createLargestPeakMeter({ kernels, channelCount, mode: 'precise' });
  const scene = ambisonicScene(order, {
    normalization: settings.normalization ?? 'SN3D',
    isHeadLocked: settings.headLocked ?? false,
  });
  const loudspeakers = getLayout('4+7+0');
  const decodes = [
    { name: '7.1.4 decode', format: { kind: 'loudspeakers', layout: loudspeakers }, layout: loudspeakers },
    { name: 'binaural decode', format: { kind: 'binaural' }, layout: getLayout('0+2+0') },
  ].map(({ name, format, layout }) => {
    const meter = createMeterTap({ kernels, sampleRateHz, layout, truePeakMode: 'precise' });
    const decoder = createRenderer({ scene, format, sampleRateHz, kernels, hrtf } as Parameters<
      typeof createRenderer
    >[0]);
    return { name, meter, latencySamples: decoder.latencySamples, tap: createChainTap(decoder, meter) };
  });
  return {
    async take(block) {
      channelPeaks.process(block);
      for (const decode of decodes) await decode.tap.take(block);
    },
    finish() {
      const measured = decodes.map(({ name, meter, tap, latencySamples }) => {
        if (latencySamples > 0) {
          void tap.take(createAudioBlock(channelCount, latencySamples));
        }
        return { name, figures: meter.finish() };
      });
      const peaks = [
        channelPeaks.finish().truePeakDbtp,
        ...measured.map(({ figures }) => figures.truePeakDbtp),
      ];
      return { truePeakDbtp: Math.max(...peaks), decodes: measured };
    },
  };
}
