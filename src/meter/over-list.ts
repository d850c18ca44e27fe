/** A stretch of one channel above the ceiling. */
export interface Over {
  readonly channel: number;
  startSample: number;
  endSample: number;
  /** Largest magnitude, linear. */
  peak: number;
}

/** Gathers overs of all channels. */
export interface OverList {
  /** Takes a place above the ceiling; those of a channel come in order of time, but for a few samples. */
  add(channel: number, sample: number, magnitude: number): void;
  /** All overs there were, and those that were kept, by their start. */
  result(): { readonly count: number; readonly overs: readonly Over[] };
}

/**
 * Creates a list of overs.
 * @param mergeSamples places of a channel at most this far apart are one over
 * @param most how many overs are kept, the first ones to begin
 */
export function createOverList(mergeSamples: number, most: number): OverList {
  const kept: Over[] = [];
  const latest = new Map<number, Over>();
  let count = 0;
  return {
    add(channel, sample, magnitude) {
      const last = latest.get(channel);
      if (last && sample - last.endSample <= mergeSamples) {
        last.startSample = Math.min(last.startSample, sample);
        last.endSample = Math.max(last.endSample, sample);
        last.peak = Math.max(last.peak, magnitude);
        return;
      }
      const over = { channel, startSample: sample, endSample: sample, peak: magnitude };
      latest.set(channel, over);
      count++;
      if (kept.length < most) kept.push(over);
    },
    result: () => ({
      count,
      overs: kept.toSorted((a, b) => a.startSample - b.startSample || a.channel - b.channel),
    }),
  };
}
