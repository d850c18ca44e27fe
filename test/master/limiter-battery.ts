import { noise } from '../support.ts';

/** Taps on each side of the middle one: 97 taps a phase. */
const half = 48;
const phases = 32;

const besselI0 = (x: number): number => {
  let [term, sum] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
};

/** [phase][tap]: windowed sinc, Kaiser 8, phase p at p/32 behind the middle tap. */
const filters = Array.from({ length: phases }, (_, phase) =>
  Float64Array.from({ length: 2 * half + 1 }, (_, tap) => {
    const x = tap - half - phase / phases;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return (sinc * besselI0(8 * Math.sqrt(Math.max(0, 1 - (x / (half + 1)) ** 2)))) / besselI0(8);
  }),
);

/** Upper bound of an interpolated value per unit of the largest sample. */
const bound = Math.max(...filters.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/** True peak by a 32-fold band-limited interpolation (97 taps a phase, Kaiser 8), linear. */
export function truePeak32(samples: Float32Array): number {
  const padded = new Float64Array(samples.length + 4 * half);
  padded.set(samples, 2 * half);
  let peak = 0;
  for (let start = 0; start < padded.length - 2 * half; start += 16) {
    const end = Math.min(start + 16, padded.length - 2 * half);
    let local = 0;
    for (let i = start; i < end + 2 * half; i++) local = Math.max(local, Math.abs(padded[i]!));
    if (local * bound <= peak) continue;
    for (let i = start; i < end; i++) {
      for (const taps of filters) {
        let sum = 0;
        for (let tap = 0; tap <= 2 * half; tap++) sum += padded[i + tap]! * taps[tap]!;
        if (Math.abs(sum) > peak) peak = Math.abs(sum);
      }
    }
  }
  return peak;
}

const toPeak = (samples: Float32Array, peakDbtp: number): Float32Array => {
  const gain = 10 ** (peakDbtp / 20) / truePeak32(samples);
  return samples.map((sample) => sample * gain);
};

const generate = (length: number, at: (n: number) => number): Float32Array =>
  Float32Array.from({ length }, (_, n) => at(n));

/** A dense mix: bass, chords, hats and snares, softly saturated. */
export function denseMix(length: number, seed = 5): Float32Array {
  const hiss = noise(length, seed);
  const tones = [55, 110, 220, 277.18, 329.63, 440, 659.26, 1318.5, 2637, 5274];
  return generate(length, (n) => {
    const t = n / 48000;
    let x = 0;
    tones.forEach((hz, k) => (x += Math.sin(2 * Math.PI * hz * t + k + seed) / (1 + 0.4 * k)));
    const kick = Math.sin(2 * Math.PI * 60 * (t % 0.5)) * Math.exp(-(t % 0.5) * 12) * 2;
    const snare = hiss[n]! * Math.exp(-((t + 0.25) % 0.5) * 25) * 2;
    const hat = hiss[n]! * Math.exp(-(t % 0.125) * 60) * 0.8;
    return Math.tanh(0.45 * (x + kick + snare + hat));
  });
}

const bursts = (length: number, period: number, phaseRad: number): Float32Array =>
  generate(length, (n) =>
    n % 4800 < 1200 ? Math.sin((2 * Math.PI * n) / period + phaseRad) : 0.05 * Math.sin(n / 20),
  );

/** Sequences of +-1 whose signs make every tail of the interpolating sinc add up at one instant. */
const alternatingSinc = (length: number): Float32Array =>
  generate(length, (n) => {
    const d = (n % 4800) - 2400;
    if (Math.abs(d) > 150) return 0.02 * Math.sin(n / 30);
    return Math.sign(Math.sin(Math.PI * (d - 0.5)) / (d - 0.5));
  });

/** A logarithmic sweep from 20 Hz to 20 kHz. */
const sweep = (length: number): Float32Array => {
  const octaves = Math.log(1000);
  const turns = (20 / 48000) * (length / octaves);
  return generate(length, (n) => Math.sin(2 * Math.PI * turns * Math.exp((n / length) * octaves)));
};

/** Clicks like castanets: a hard attack of two high resonances and hiss, gone in some milliseconds. */
const castanets = (length: number): Float32Array => {
  const hiss = noise(length, 21);
  return generate(length, (n) => {
    const t = n % 4001;
    const decay = Math.exp(-t / 90);
    return decay * (Math.sin(0.41 * t + n) + 0.7 * Math.sin(1.07 * t) + 0.6 * hiss[n]! * Math.exp(-t / 25));
  });
};

/** The battery: name, and a signal with its true peak well above full scale. */
export const limiterBattery = (length = 48000): readonly (readonly [string, Float32Array])[] => [
  ['dense mix +6 dBTP', toPeak(denseMix(length), 6)],
  ['white noise +10.4 dBTP', toPeak(noise(length, 9), 10.4)],
  ['fs/4 bursts +6 dBTP', toPeak(bursts(length, 4, Math.PI / 4), 6.1)],
  ['fs/6 bursts +6 dBTP', toPeak(bursts(length, 6, Math.PI / 3), 6.45)],
  ['alternating-sign sinc', toPeak(alternatingSinc(length), 9.66)],
  ['sweep +6 dBTP', toPeak(sweep(length), 6)],
  ['castanets +8 dBTP', toPeak(castanets(length), 8)],
];
