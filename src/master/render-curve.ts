import type { Kernels } from '../kernels/kernels.ts';
import type { Layout } from '../layouts/layout.ts';
import { limiterRelease, type LimiterSettings } from './limiter.ts';

/** How a gain moves that keeps renders below a ceiling. */
export type RenderCurveSettings = Pick<LimiterSettings, 'lookaheadMs' | 'holdMs' | 'releaseMs'>;

/**
 * A peak of a render is made of what went in up to so much earlier, by the filters of ears and of decorrelators: all of
 * that is turned down alike.
 */
const responseMs = 10;
/** How far below its ceiling a gain by renders aims, for gains that move while a filter rings. */
export const renderMarginDb = 0.05;

/**
 * Rows of peaks and gains: what all tracks but LFE channels go by, and what those do. LFE channels have a gain of their
 * own, by the peaks of the LFE channels of renders: nothing else comes there, and an LFE hit ducks nothing.
 */
export const [mainRow, lfeRow] = [0, 1] as const;
/** Number of these rows. */
export const curveRowCount = 2;

/** Raises the highest peaks of a row to those of one more render. */
export function raisePeaks(highest: Float32Array, peaks: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) if (peaks[n]! > highest[n]!) highest[n] = peaks[n]!;
}

/** Channels of a render that are heard together, and the row of their highest peak. */
export interface HeardChannels {
  readonly row: number;
  readonly channels: readonly number[];
}

/** The channels of a render that are no LFE, and those that are. @param layout undefined for binaural */
export function heardChannels(layout: Layout | undefined, channelCount: number): HeardChannels[] {
  const all = Array.from({ length: channelCount }, (_, channel) => channel);
  const isLfe = (channel: number): boolean => layout?.loudspeakers[channel]?.isLfe === true;
  return [
    { row: mainRow, channels: all.filter((channel) => !isLfe(channel)) },
    { row: lfeRow, channels: all.filter(isLfe) },
  ].filter(({ channels }) => channels.length > 0);
}

/** Settings of a limiter that stays down as long: what foretells limiters does not know of responses. */
export const heldSettings = (settings: RenderCurveSettings): RenderCurveSettings => ({
  ...settings,
  holdMs: settings.holdMs + 2 * responseMs,
});

/** What a curve needs. */
export interface RenderCurveOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  readonly settings: RenderCurveSettings;
  /** Peaks above it are turned down to it, linear. */
  readonly ceilingGain: number;
  /** Whether a render has no LFE: its sound may be in the other channels then, and follows their gain. */
  readonly foldsLfe: boolean;
}

/** Gains by the highest peaks of renders. */
export interface RenderCurve {
  readonly latencySamples: number;
  /** @param peaks linear [row][frame]; the first speak of the signal from its first sample to the next. May be the gains */
  process(peaks: readonly Float32Array[], frameCount: number, gains: readonly Float32Array[]): void;
  reset(): void;
}

/** Creates the curves of the gains of a scene, by the peaks of its renders. */
export function createRenderCurve(options: RenderCurveOptions): RenderCurve {
  const { kernels, sampleRateHz, settings, ceilingGain } = options;
  const toSamples = (timeMs: number): number => Math.round((timeMs * sampleRateHz) / 1000);
  const responseSamples = toSamples(responseMs);
  const kernel = kernels.createLimiterGain({
    links: Float64Array.of(1, 0, options.foldsLfe ? 1 : 0, 1),
    ceilingGain,
    lookaheadSamples: Math.max(2, 2 * toSamples(settings.lookaheadMs / 2)),
    holdSamples: 2 * responseSamples + 1 + toSamples(settings.holdMs),
    release: limiterRelease(settings.releaseMs, sampleRateHz),
  });
  return {
    latencySamples: responseSamples + kernel.latencySamples,
    process: (peaks, frameCount, gains) => kernel.process(peaks, frameCount, gains),
    reset: () => kernel.reset(),
  };
}
