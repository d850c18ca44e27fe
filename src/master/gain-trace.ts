import { gainToDb } from '../base/units.ts';

/** How hard one group of channels was turned down. */
export interface GainReduction {
  /** Deepest reduction, 0 or more. */
  readonly maxReductionDb: number;
  /** Mean over the time of the programme. */
  readonly meanReductionDb: number;
}

/** Intervals of a trace a second. */
export const traceRateHz = 10;

/** What a trace needs. */
export interface GainTraceOptions {
  readonly sampleRateHz: number;
  readonly groupCount: number;
  /** Frames before the programme begins, which do not count. */
  readonly skippedFrames: number;
  /** Length of the programme: deepest reductions are kept for each interval of it; only totals unless given. */
  readonly programmeFrames?: number | undefined;
}

/** The gains of groups over some frames. */
export interface GainCurves {
  /** Linear [group][frame], where they are not all 1. */
  readonly gains: readonly Float32Array[];
  /** Whether those of a group are known to be all 1. */
  isUnity(group: number): boolean;
}

/** Reduces gain curves to their deepest reduction in every interval of 100 ms, and to totals. */
export interface GainTrace {
  take(curves: GainCurves, frameCount: number): void;
  /** [group] */
  totals(): GainReduction[];
  /** Deepest reduction in dB [group][interval]; empty where the length of the programme was not given. */
  readonly reductionsDb: readonly Float32Array[];
  reset(): void;
}

/** Creates a trace. Intervals count from the first sample of the programme. */
export function createGainTrace(options: GainTraceOptions): GainTrace {
  const { sampleRateHz, groupCount, skippedFrames, programmeFrames = 0 } = options;
  const intervalFrames = Math.max(1, Math.round(sampleRateHz / traceRateHz));
  const intervalCount = Math.ceil(programmeFrames / intervalFrames);
  const groups = Array.from({ length: groupCount }, () => ({
    reductionsDb: new Float32Array(intervalCount),
    minGain: 1,
    /** Of the interval so far. */
    lowest: 1,
    sum: 0,
    /** Sum over whole intervals of the reduction in dB of their mean gain. */
    sumDb: 0,
  }));
  let framesToSkip = skippedFrames;
  let interval = 0;
  let filled = 0;

  const endInterval = (): void => {
    for (const group of groups) {
      group.minGain = Math.min(group.minGain, group.lowest);
      group.sumDb += reductionDb(group.sum / filled);
      group.lowest = 1;
      group.sum = 0;
    }
    interval++;
    filled = 0;
  };

  return {
    reductionsDb: groups.map((group) => group.reductionsDb),
    take({ gains, isUnity }, frameCount) {
      let from = Math.min(frameCount, framesToSkip);
      framesToSkip -= from;
      while (from < frameCount) {
        const to = Math.min(frameCount, from + intervalFrames - filled);
        for (let index = 0; index < groupCount; index++) {
          if (isUnity(index)) groups[index].sum += to - from;
          else addGains(groups[index], gains[index], from, to);
          const { lowest } = groups[index];
          if (interval < intervalCount) groups[index].reductionsDb[interval] = reductionDb(lowest);
        }
        filled += to - from;
        from = to;
        if (filled === intervalFrames) endInterval();
      }
    },
    totals: () =>
      groups.map(({ minGain, lowest, sum, sumDb }) => {
        const begunDb = filled > 0 ? (reductionDb(sum / filled) * filled) / intervalFrames : 0;
        const length = interval + filled / intervalFrames;
        return {
          maxReductionDb: reductionDb(Math.min(minGain, lowest)),
          meanReductionDb: length > 0 ? (sumDb + begunDb) / length : 0,
        };
      }),
    reset() {
      framesToSkip = skippedFrames;
      interval = filled = 0;
      for (const group of groups) {
        group.reductionsDb.fill(0);
        Object.assign(group, { minGain: 1, lowest: 1, sum: 0, sumDb: 0 });
      }
    },
  };
}

/** Adds the gains of frames [from, to). */
function addGains(group: { lowest: number; sum: number }, row: Float32Array, from: number, to: number): void {
  let { lowest, sum } = group;
  for (let frame = from; frame < to; frame++) {
    if (row[frame] < lowest) lowest = row[frame];
    sum += row[frame];
  }
  Object.assign(group, { lowest, sum });
}

const reductionDb = (gain: number): number => Math.max(0, -gainToDb(gain));
