import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import type { TruePeakMode } from '../meter/true-peak-meter.ts';
import { createRenderer } from '../render/renderer.ts';
import { bedScene } from '../scene/make-scene.ts';
import { createChainTap, createMeterTap, type MeterTap } from './taps.ts';

/**
 * Measures a finished render as it sounds on another layout: the render is a bed, rendered as any other (BS.1770-5
 * Annex 4 wants layout and renderer named beside such figures: this is periphon's, after BS.2127).
 */
export function createReRenderTap(options: {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Layout of what passes, in the order of its channels. */
  readonly from: Layout;
  readonly to: Layout;
  readonly truePeakMode?: TruePeakMode | undefined;
}): MeterTap<ProgrammeFigures> {
  const { kernels, sampleRateHz, from, to, truePeakMode } = options;
  const meter = createMeterTap({ kernels, sampleRateHz, layout: to, truePeakMode });
  const format = { kind: 'loudspeakers', layout: to } as const;
  const renderer = createRenderer({ scene: bedScene(from), format, sampleRateHz, kernels });
  const tap = createChainTap(renderer, meter);
  return { take: (block) => tap.take(block), finish: () => meter.finish() };
}
