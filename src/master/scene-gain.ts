import { dbToGain } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createGainTrace, type GainReduction } from './gain-trace.ts';
import { createLimiterDips, type LimiterDip } from './limiter-dips.ts';
import { limiterStageCapacityFrames } from './limiter-stage.ts';
import {
  createRenderCurve,
  curveRowCount,
  lfeRow,
  mainRow,
  renderMarginDb,
  type RenderCurveSettings,
} from './render-curve.ts';

/** What the gain of a scene needs. */
export interface SceneGainOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** In front of the limiter. */
  readonly gainDb: number;
  /** That the renders of the scene stay below; undefined where nothing is limited. */
  readonly ceilingDbtp: number | undefined;
  readonly settings: RenderCurveSettings;
  /** Where renders of an earlier pass were over the ceiling. */
  readonly dips: readonly LimiterDip[];
  /** See `RenderCurveOptions`. */
  readonly foldsLfe: boolean;
  /** Length of the scene. */
  readonly programmeFrames: number;
}

/**
 * The gain of a scene, one for all of its tracks: balances and positions stay as they are. Only where the LFE of renders
 * is over the ceiling itself do LFE channels go lower by themselves.
 */
export interface SceneGain {
  readonly latencySamples: number;
  /** Of the limiter, so far [row]. */
  readonly reductions: readonly GainReduction[];
  /** The same over time, deepest in each 100 ms, in dB [row][interval]. */
  readonly traceDb: readonly Float32Array[];
  /**
   * Takes the highest true peaks of all renders of the scene at unity gain, and writes the gains of the frame
   * `latencySamples` before each, linear [row][frame]; both may be the same.
   * @param frameCount at most limiterStageCapacityFrames
   */
  process(peaks: readonly Float32Array[], frameCount: number, gains: readonly Float32Array[]): void;
}

/**
 * Creates the gain of a scene: gain, and a limiter that hears the renders of what comes out. Renders are sums of tracks
 * that have one gain, so what was heard of the scene at unity gain serves for any other.
 */
export function createSceneGain(options: SceneGainOptions): SceneGain {
  const { kernels, sampleRateHz, gainDb, ceilingDbtp, settings, foldsLfe } = options;
  if (ceilingDbtp === undefined) return createPlainGain(dbToGain(gainDb));
  const ceilingGain = Math.fround(dbToGain(ceilingDbtp - renderMarginDb - gainDb));
  const curve = createRenderCurve({ kernels, sampleRateHz, settings, ceilingGain, foldsLfe });
  const { latencySamples } = curve;
  const dips = createLimiterDips({
    ...{ kernels, sampleRateHz, latencySamples, dips: options.dips },
    ...{ groupCount: curveRowCount, capacityFrames: limiterStageCapacityFrames },
  });
  const trace = createGainTrace({
    ...{ sampleRateHz, groupCount: curveRowCount, skippedFrames: latencySamples },
    programmeFrames: options.programmeFrames,
  });
  const gain = dbToGain(gainDb);
  return {
    latencySamples,
    get reductions() {
      return trace.totals();
    },
    traceDb: trace.reductionsDb,
    process(peaks, frameCount, gains) {
      curve.process(peaks, frameCount, gains);
      dips.apply(gains, frameCount);
      trace.take({ gains, isUnity: () => false }, frameCount);
      for (const row of gains) for (let n = 0; n < frameCount; n++) row[n]! *= gain;
    },
  };
}

const createPlainGain = (gain: number): SceneGain => ({
  latencySamples: 0,
  reductions: [mainRow, lfeRow].map(() => ({ maxReductionDb: 0, meanReductionDb: 0 })),
  traceDb: [],
  process: (_peaks, frameCount, gains) => gains.forEach((row) => row.fill(gain, 0, frameCount)),
});
