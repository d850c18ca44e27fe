import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import type { Processor } from '../../base/processor.ts';
import { createBiquadCascade, designPhaseMatchedShelf } from '../../dsp/biquad.ts';
import { isStereo } from '../../layouts/custom.ts';
import type { Layout } from '../../layouts/layout.ts';
import { shDegree } from '../../math/spherical-harmonics.ts';
import { trackCountOf, type AmbisonicBed, type Scene } from '../../scene/scene.ts';
import { ambixChannels } from './ambisonic-conversion.ts';
import { designDualBand, dualBandCrossoverHz } from './dual-band.ts';

/** Settings of `createDualBandStage`. */
export interface DualBandOptions {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly sampleRateHz: number;
  /** Takes the tracks of the scene and decodes ambisonic beds with max-rE weights. */
  readonly renderer: Processor;
}

/** Frames of one round; states of the filters are looked after at its ends. */
const roundFrames = 4096;

/**
 * Puts a shelf on every track of a scene before its renderer, so that ambisonic beds are decoded in two bands. All
 * shelves have one phase: tracks of beds and objects get the flat one, an all-pass, and stay in step with the
 * ambisonics. Nothing is delayed. The lowest order that is there sets the crossover. A scene without ambisonics is
 * left alone, and so is a layout that cannot surround the listener.
 */
export function createDualBandStage({ scene, layout, sampleRateHz, renderer }: DualBandOptions): Processor {
  const lowGains = trackLowGains(scene, layout);
  if (!lowGains) return renderer;
  const frequencyHz = dualBandCrossoverHz(lowestOrder(scene));
  const shelves = lowGains.map((gain) =>
    createBiquadCascade([designPhaseMatchedShelf(frequencyHz, gain, sampleRateHz)]),
  );
  const { inputChannelCount, outputChannelCount, latencySamples } = renderer;
  const filtered = createAudioBlock(inputChannelCount, roundFrames);
  const rendered = createAudioBlock(outputChannelCount, roundFrames);
  let position = 0;

  return {
    inputChannelCount,
    outputChannelCount,
    latencySamples,
    process(input: AudioBlock, output: AudioBlock): void {
      for (let from = 0; from < input.frameCount;) {
        const frameCount = Math.min(roundFrames - position, input.frameCount - from);
        filtered.frameCount = rendered.frameCount = frameCount;
        for (let track = 0; track < shelves.length; track++) {
          const samples = filtered.channels[track]!;
          const source = input.channels[track]!;
          for (let frame = 0; frame < frameCount; frame++) samples[frame] = source[from + frame]!;
          shelves[track]!.process(samples, frameCount);
        }
        renderer.process(filtered, rendered);
        for (let channel = 0; channel < outputChannelCount; channel++) {
          const samples = rendered.channels[channel]!;
          const target = output.channels[channel]!;
          for (let frame = 0; frame < frameCount; frame++) target[from + frame] = samples[frame]!;
        }
        from += frameCount;
        position += frameCount;
        if (position < roundFrames) continue;
        position = 0;
        for (let track = 0; track < shelves.length; track++) shelves[track]!.flush();
      }
    },
    reset(): void {
      position = 0;
      for (const shelf of shelves) shelf.reset();
      renderer.reset();
    },
  };
}

const surrounds = (layout: Layout): boolean => layout.foldFrom === undefined && !isStereo(layout);

const audibleAmbisonics = ({ elements }: Scene): AmbisonicBed[] =>
  elements.filter((element) => element.kind === 'ambisonic' && !element.mute) as AmbisonicBed[];

const lowestOrder = (scene: Scene): number => Math.min(...audibleAmbisonics(scene).map(({ order }) => order));

/** Gain of each track far below the crossover; undefined where nothing is to be done. */
function trackLowGains(scene: Scene, layout: Layout): number[] | undefined {
  if (!surrounds(layout)) return undefined;
  const designs = new Map<number, Float64Array>();
  for (const { order } of audibleAmbisonics(scene))
    if (!designs.has(order)) designs.set(order, designDualBand(order, layout));
  if (designs.size === 0) return undefined;
  return scene.elements.flatMap((element) => {
    const design = element.kind === 'ambisonic' ? designs.get(element.order) : undefined;
    if (element.kind !== 'ambisonic' || !design)
      return Array.from({ length: trackCountOf(element) }, () => 1);
    return ambixChannels(element.normalization, element.order).map(({ acn }) => design[shDegree(acn)]!);
  });
}
