import type { Processor } from '../../base/processor.ts';
import { createBiquadCascade, designPhaseMatchedShelf } from '../../dsp/biquad.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import { isStereo, type Layout } from '../../layouts/layout.ts';
import { shDegree } from '../../math/spherical-harmonics.ts';
import { trackCountOf, type AmbisonicBed, type Scene } from '../../scene/scene.ts';
import { createChain } from '../../dsp/processor-chain.ts';
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
  const shelves = lowGains.map((gain) => designPhaseMatchedShelf(frequencyHz, gain, sampleRateHz));
  return createChain(createFilterRow(shelves), renderer);
}

/** Samples after which states of filters are looked after. */
const flushSamples = 4096;

/** A biquad on each channel. */
function createFilterRow(coefficients: readonly BiquadCoefficients[]): Processor {
  const filters = coefficients.map((section) => createBiquadCascade([section]));
  let position = 0;
  return {
    inputChannelCount: filters.length,
    outputChannelCount: filters.length,
    latencySamples: 0,
    process(input, output) {
      for (let from = 0; from < input.frameCount;) {
        const to = Math.min(from + flushSamples - position, input.frameCount);
        for (let channel = 0; channel < filters.length; channel++) {
          const samples = output.channels[channel]!.subarray(from, to);
          samples.set(input.channels[channel]!.subarray(from, to));
          filters[channel]!.process(samples, to - from);
        }
        position = (position + to - from) % flushSamples;
        if (position === 0) for (const filter of filters) filter.flush();
        from = to;
      }
    },
    reset() {
      position = 0;
      for (const filter of filters) filter.reset();
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
