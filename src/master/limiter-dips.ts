import { dbToGain } from '../base/units.ts';
import type { Kernels } from '../kernels/kernels.ts';

/** A place where the finished programme was over its ceiling, and by how much it is turned down there. */
export interface LimiterDip {
  /** Index of the group of channels. */
  readonly group: number;
  /** Sample of the programme that the over follows. */
  readonly frame: number;
  readonly depthDb: number;
}

/** What dips need. */
export interface LimiterDipsOptions {
  readonly kernels: Kernels;
  readonly groupCount: number;
  readonly sampleRateHz: number;
  /** In any order; where they overlap, the deepest counts. */
  readonly dips: readonly LimiterDip[];
  /** The gains' frame of the programme's first sample. */
  readonly latencySamples: number;
  /** Frames of one call at most. */
  readonly capacityFrames: number;
}

/** Turns gain curves down at given places. */
export interface LimiterDips {
  /** Multiplies the next gains [group][frame] with the dips. */
  apply(gains: readonly Float32Array[], frameCount: number): void;
  reset(): void;
}

/** Half of the time that a dip takes, without its floor. */
const bendMs = 1.5;
/** Samples on both sides of an over that are turned down alike: nearly all that an interpolation reads. */
const neighbourSamples = 49;

/**
 * Creates the dips of a pass: the smooth curve of a limiter around each over. Nothing is known of the overs
 * when a gain is computed, so that they are found in one pass over the programme and mended in the next.
 */
export function createLimiterDips(options: LimiterDipsOptions): LimiterDips {
  const { kernels, groupCount, sampleRateHz, latencySamples } = options;
  const lookaheadSamples = 2 * Math.max(1, Math.round((bendMs * sampleRateHz) / 1000));
  const isOwn = (at: number): boolean => at % (groupCount + 1) === 0;
  const curves = kernels.createLimiterGain({
    links: Float64Array.from({ length: groupCount * groupCount }, (_, at) => Number(isOwn(at))),
    ceilingGain: 1,
    lookaheadSamples,
    holdSamples: 2 * neighbourSamples + 1,
    release: { factor: 0, charge: 0, discharge: 0 },
  });
  const dips = [...options.dips].sort((a, b) => a.frame - b.frame);
  const curveGains = Array.from({ length: groupCount }, () => new Float32Array(options.capacityFrames));
  /** Curve frame f is in step with the gains that come out, but asks for a dip around a frame before it. */
  const frameOffset = latencySamples - neighbourSamples - lookaheadSamples;
  let frame = 0;
  let next = 0;

  const skipEarlier = (): void => {
    while (next < dips.length && dips[next].frame + frameOffset < frame) next++;
  };

  return {
    apply(gains, frameCount) {
      for (const row of curveGains) row.fill(0, 0, frameCount);
      skipEarlier();
      for (; next < dips.length && dips[next].frame + frameOffset < frame + frameCount; next++) {
        const dip = dips[next];
        const row = curveGains[dip.group];
        const index = dip.frame + frameOffset - frame;
        row[index] = Math.max(row[index], dbToGain(dip.depthDb));
      }
      curves.process(curveGains, frameCount, curveGains);
      for (let group = 0; group < groupCount; group++) {
        for (let index = 0; index < frameCount; index++) gains[group][index] *= curveGains[group][index];
      }
      frame += frameCount;
    },
    reset() {
      curves.reset();
      frame = next = 0;
    },
  };
}

/**
 * Adds dips for the overs of a pass that was made with dips already: where both overlap, the limiter must go as
 * much lower than it went.
 */
export function deepenDips(dips: readonly LimiterDip[], overs: readonly LimiterDip[]): LimiterDip[] {
  const reach = 2 * neighbourSamples;
  const deepened = overs.map((over) => {
    const near = dips.filter(
      ({ group, frame }) => group === over.group && Math.abs(frame - over.frame) <= reach,
    );
    return { ...over, depthDb: over.depthDb + Math.max(0, ...near.map(({ depthDb }) => depthDb)) };
  });
  return [...dips, ...deepened];
}
