/** Equal samples in a row from which on they are a run. */
const shortestRun = 3;
/** Full scale: what a positive sample of 16 bit can reach. */
const fullScale = 1 - 2 ** -15;
/** Runs of one side of a channel that are kept. */
const keptRuns = 1000;

/** A run of equal samples at the top of a waveform. */
export interface ClippedRun {
  readonly startSample: number;
  lengthSamples: number;
}

/** Clipped runs of one channel. */
export interface ClippedRuns {
  readonly count: number;
  /** The first ones in time, 1000 of either side at most. */
  readonly runs: readonly ClippedRun[];
}

/** Finds the clipped runs of one channel. */
export interface ClippingMeter {
  /** Takes a step and its extrema. */
  take(samples: Float32Array, frameCount: number, startSample: number, lowest: number, highest: number): void;
  result(): ClippedRuns;
}

/**
 * Creates a meter of clipped runs: three or more equal samples in a row, at full scale (1 - 2^-15 or more) or at the
 * channel's highest or lowest value, as they are left when a clipped programme was turned down afterwards. A flat
 * top is no proof: square waves, constants and the crests of deep tones with few bits have runs too.
 */
export function createClippingMeter(): ClippingMeter {
  const sides = [new ClippedSide(1), new ClippedSide(-1)];
  return {
    take(samples, frameCount, startSample, lowest, highest) {
      sides[0].take(samples, frameCount, startSample, highest);
      sides[1].take(samples, frameCount, startSample, -lowest);
    },
    result: () => ({
      count: sides[0].count + sides[1].count,
      runs: [...sides[0].runs, ...sides[1].runs].sort((a, b) => a.startSample - b.startSample),
    }),
  };
}

/** The upper or the lower side of a channel. */
class ClippedSide {
  count = 0;
  runs: ClippedRun[] = [];
  readonly #sign: number;
  /** Highest value so far. */
  #highest = 0;
  #last = NaN;
  #length = 0;

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  take(samples: Float32Array, frameCount: number, startSample: number, highest: number): void {
    if (highest > this.#highest) {
      // Runs below full scale were not at the channel's highest value after all.
      if (this.#highest < fullScale) {
        this.count = this.#length = 0;
        this.runs = [];
      }
      this.#highest = highest;
    }
    const lowest = Math.min(this.#highest, fullScale);
    if (lowest > 0 && highest >= lowest) this.#scan(samples, frameCount, startSample, lowest);
    else this.#length = 0;
  }

  #scan(samples: Float32Array, frameCount: number, startSample: number, lowest: number): void {
    for (let frame = 0; frame < frameCount; frame++) {
      const value = this.#sign * samples[frame];
      if (!(value >= lowest)) this.#length = 0;
      else this.#length = this.#length > 0 && value === this.#last ? this.#length + 1 : 1;
      this.#last = value;
      if (this.#length < shortestRun) continue;
      const start = startSample + frame - this.#length + 1;
      if (this.#length === shortestRun) {
        this.count++;
        if (this.runs.length < keptRuns) this.runs.push({ startSample: start, lengthSamples: shortestRun });
      } else {
        const run = this.runs.at(-1);
        if (run?.startSample === start) run.lengthSamples = this.#length;
      }
    }
  }
}
