import type { AudioBlock } from '../../src/base/audio-block.ts';

/**
 * A loudness meter written straight from ITU-R BS.1770-5 and EBU Tech 3341/3342 in float64, sample by sample, with
 * nothing of ours: the truth that the meters are held against. Slow, and it keeps the energy of every 10 ms.
 */
export interface ReferenceMeter {
  /** Takes 10 ms of all channels. */
  process(block: AudioBlock): void;
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
  result(): {
    readonly integratedLufs: number;
    readonly momentaryMaxLufs: number;
    readonly shortTermMaxLufs: number;
    readonly loudnessRangeLu: number;
  };
}

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** What the printed high pass adds at high frequencies, 0.043 dB: the offset of -0.691 counts on it at every rate. */
const highPassGain = 4 / (1 + 1.99004745483398 + 0.99007225036621);

/**
 * BS.1770-5, Annex 1, Tables 1 and 2; at other rates, where the same response is asked for, the analogue filters that
 * are known behind them.
 */
function kFilters(rateHz: number): readonly [Biquad, Biquad] {
  if (rateHz === 48000) {
    return [
      [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
      [1, -2, 1, -1.99004745483398, 0.99007225036621],
    ];
  }
  const shelf = { frequencyHz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 };
  const k = Math.tan((Math.PI * shelf.frequencyHz) / rateHz);
  const high = 10 ** (shelf.gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / shelf.q + k * k;
  const highPass = { frequencyHz: 38.13547087602444, q: 0.5003270373238773 };
  const h = Math.tan((Math.PI * highPass.frequencyHz) / rateHz);
  const c0 = 1 + h / highPass.q + h * h;
  return [
    [
      (high + (band * k) / shelf.q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / shelf.q + k * k) / a0,
      (2 * (k * k - 1)) / a0,
      (1 - k / shelf.q + k * k) / a0,
    ],
    [
      highPassGain / c0,
      (-2 * highPassGain) / c0,
      highPassGain / c0,
      (2 * (h * h - 1)) / c0,
      (1 - h / highPass.q + h * h) / c0,
    ],
  ];
}

const lufsOf = (power: number): number => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** @param weights of each channel [channel]; 10 ms must be whole samples */
export function createReferenceMeter(rateHz: number, weights: readonly number[]): ReferenceMeter {
  const filters = kFilters(rateHz);
  const binFrames = rateHz / 100;
  const histories = weights.map(() => filters.map(() => [0, 0, 0, 0] as [number, number, number, number]));
  /** Weighted energy of each 10 ms. */
  const bins: number[] = [];
  let [momentary, shortTerm, momentaryMax, shortTermMax] = [0, 0, 0, 0];

  function energyOf(samples: Float32Array, history: (typeof histories)[number]): number {
    const [[b0, b1, b2, a1, a2], [d0, d1, d2, c1, c2]] = filters;
    let [x1, x2, y1, y2] = history[0]!;
    let [z1, z2] = history[1]!;
    let sum = 0;
    // The first filter's output is the second one's input: its last values are y1 and y2 for both.
    for (let n = 0; n < binFrames; n++) {
      const x = samples[n]!;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      const z = d0 * y + d1 * y1 + d2 * y2 - c1 * z1 - c2 * z2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      z2 = z1;
      z1 = z;
      sum += z * z;
    }
    history[0] = [x1, x2, y1, y2];
    history[1] = [z1, z2, 0, 0];
    return sum;
  }

  /** Mean square of so many bins that end before `end`, with silence before the start. */
  function powerOf(binCount: number, end = bins.length): number {
    let energy = 0;
    for (let bin = Math.max(0, end - binCount); bin < end; bin++) energy += bins[bin] ?? 0;
    return energy / (binCount * binFrames);
  }

  /** Powers of whole windows, every 100 ms. */
  function powersOf(binCount: number, tailBins: number): number[] {
    const powers: number[] = [];
    for (let end = binCount; end <= bins.length + tailBins; end += 10) powers.push(powerOf(binCount, end));
    return powers;
  }

  function integrated(): number {
    const loud = powersOf(40, 0).filter((power) => lufsOf(power) > -70);
    if (loud.length === 0) return -Infinity;
    const gateLufs = lufsOf(mean(loud)) - 10;
    return lufsOf(mean(loud.filter((power) => lufsOf(power) > gateLufs)));
  }

  function range(): number {
    const loud = powersOf(300, 150).filter((power) => lufsOf(power) >= -70);
    if (loud.length === 0) return 0;
    const gateLufs = lufsOf(mean(loud)) - 20;
    const sorted = loud
      .map(lufsOf)
      .filter((lufs) => lufs >= gateLufs)
      .sort((a, b) => a - b);
    // MATLAB counts from one: round((n - 1) p / 100 + 1).
    const percentile = (p: number): number => sorted[Math.round(((sorted.length - 1) * p) / 100 + 1) - 1]!;
    return percentile(95) - percentile(10);
  }

  return {
    process({ channels }) {
      bins.push(
        channels.reduce((sum, samples, c) => {
          return weights[c] === 0 ? sum : sum + weights[c]! * energyOf(samples, histories[c]!);
        }, 0),
      );
      momentary = powerOf(40);
      shortTerm = powerOf(300);
      momentaryMax = Math.max(momentaryMax, momentary);
      shortTermMax = Math.max(shortTermMax, shortTerm);
    },
    get momentaryLufs() {
      return lufsOf(momentary);
    },
    get shortTermLufs() {
      return lufsOf(shortTerm);
    },
    result: () => ({
      integratedLufs: integrated(),
      momentaryMaxLufs: lufsOf(momentaryMax),
      shortTermMaxLufs: lufsOf(shortTermMax),
      loudnessRangeLu: range(),
    }),
  };
}
