import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import { createOverMeter, type Overs } from '../master/limiter-overs.ts';
import type { BlockFigures, ProgrammeFigures } from '../meter/measurement.ts';
import { createRenderer } from '../render/renderer.ts';
import { bedScene } from '../scene/make-scene.ts';
import type { Tap } from './pump.ts';
import { createChainTap, createMeterTap, type MeterTap } from './taps.ts';

/** What a re-render is made of. */
export interface ReRenderOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Layout of what passes, in the order of its channels. */
  readonly from: Layout;
  readonly to: Layout;
}

/**
 * Measures a finished render as it sounds on another layout: the render is a bed, rendered as any other (BS.1770-5
 * Annex 4 wants layout and renderer named beside such figures: this is periphon's, after BS.2127).
 * @param listener hears the re-render too
 */
export function createReRenderTap(options: ReRenderOptions, listener?: Tap): MeterTap<BlockFigures> {
  const { kernels, sampleRateHz, from, to } = options;
  const meter = createMeterTap({ kernels, sampleRateHz, layout: to });
  const format = { kind: 'loudspeakers', layout: to } as const;
  const renderer = createRenderer({ scene: bedScene(from), format, sampleRateHz, kernels });
  const tap = createChainTap(renderer, {
    async take(block) {
      await meter.take(block);
      await listener?.take(block);
    },
  });
  return { take: (block) => tap.take(block), finish: () => meter.finish() };
}

/** What a re-render measures, and where it is over a ceiling. */
export interface ReRenderOvers extends BlockFigures {
  /** In one group of all channels. */
  readonly overs: Overs;
}

/** As `createReRenderTap`, and searches the re-render for overs. */
export function createReRenderOverTap(
  options: ReRenderOptions,
  ceilingDbtp: number,
): MeterTap<ReRenderOvers> {
  const channelCount = options.to.loudspeakers.length;
  const channels = [...options.to.loudspeakers.keys()];
  const groups = [{ name: 'all' as const, channels }];
  const overs = createOverMeter({ kernels: options.kernels, channelCount, groups, ceilingDbtp });
  const tap = createReRenderTap(options, { take: (block) => overs.process(block) });
  return { take: (block) => tap.take(block), finish: () => ({ ...tap.finish(), overs: overs.finish() }) };
}

/** Figures without the bulk of gating blocks. */
export const programmeFigures = ({ blockPowers: _, ...figures }: BlockFigures): ProgrammeFigures => figures;
