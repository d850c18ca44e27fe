import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createTruePeakMeter, type TruePeakMode } from '../../src/meter/true-peak-meter.ts';
import { truePeak32 } from '../master/limiter-battery.ts';

// EBU Tech 3341 V4 (November 2023), Table 1, cases 15 to 23; interpolation by ITU-R BS.1770-5, Annex 2.
const kernels = await loadKernels();

function measureDbtp(samples: Float32Array, mode: TruePeakMode): number {
  const meter = createTruePeakMeter({ kernels, channelCount: 1, mode });
  meter.process({ channels: [samples], frameCount: samples.length });
  return meter.finish().truePeaksDbtp[0]!;
}

/** 1 inside, 0 at the ends, linear over `fade` samples. */
const envelope = (n: number, length: number, fade: number): number =>
  Math.max(0, Math.min(1, n / fade, (length - 1 - n) / fade));

/** Cases 15 to 19: a sine of rate / period, 200 ms with fades of 10 ms. */
const tone = (rateHz: number, period: number, amplitude: number, phaseDeg: number): Float32Array =>
  Float32Array.from({ length: rateHz / 5 }, (_, n) => {
    const phase = (2 * Math.PI * n) / period + (phaseDeg * Math.PI) / 180;
    return envelope(n, rateHz / 5, rateHz / 100) * amplitude * Math.sin(phase);
  });

/**
 * Cases 20 to 23: rate/6 at 0.5 with one period of rate/4 at 1.0 spliced in, the phase running on; made at
 * four times the rate, low-passed, and every fourth sample taken from `offset` on. No part of it depends on the rate.
 */
function splice(offset: number): Float32Array {
  const length = 4 * 4800;
  const start = 24 * 400;
  const burst = 16;
  const dense = Float64Array.from({ length }, (_, n) => {
    if (n >= start && n < start + burst) return Math.sin((2 * Math.PI * (n - start)) / 16);
    const since = n < start ? n - start : n - start - burst;
    return 0.5 * envelope(n, length, 1920) * Math.sin((2 * Math.PI * since) / 24);
  });
  const half = 256;
  const lowPass = Float64Array.from({ length: 2 * half + 1 }, (_, k) => {
    const x = k - half;
    const sinc = x === 0 ? 0.25 : Math.sin((Math.PI * x) / 4) / (Math.PI * x);
    return sinc * (0.42 + 0.5 * Math.cos((Math.PI * x) / half) + 0.08 * Math.cos((2 * Math.PI * x) / half));
  });
  return Float32Array.from({ length: length / 4 - 1 }, (_, n) => {
    let sum = 0;
    const middle = 4 * n + offset;
    const first = Math.max(0, middle - half);
    for (let m = first; m <= Math.min(length - 1, middle + half); m++) {
      sum += dense[m]! * lowPass[m - middle + half]!;
    }
    return sum;
  });
}

/** Signals whose frequencies are shares of the sample rate; only the fades of 10 ms depend on it. */
const casesOf = (rateHz: number): readonly (readonly [number, Float32Array, number])[] => [
  [15, tone(rateHz, 4, 0.5, 0), -6],
  [16, tone(rateHz, 4, 0.5, 45), -6],
  [17, tone(rateHz, 6, 0.5, 60), -6],
  [18, tone(rateHz, 8, 0.5, 67.5), -6],
  [19, tone(rateHz, 4, 1.41, 45), 3],
];

const splices = [0, 1, 2, 3].map((offset) => [20 + offset, splice(offset), 0] as const);

const cases = [44100, 48000, 96000, 192000]
  .flatMap((rateHz) => casesOf(rateHz).map((one) => [...one, rateHz] as const))
  .concat(splices.map((one) => [...one, 48000] as const))
  .map(([number, samples, expected, rateHz]) => ({ number, samples, expected, rateHz }));

describe.each(cases)('case $number at $rateHz Hz', ({ samples, expected }) => {
  test.each(['standard', 'precise'] as const)('%s: within +0.2 / -0.4 dB', (mode) => {
    const truePeakDbtp = measureDbtp(samples, mode);
    expect(truePeakDbtp).toBeLessThanOrEqual(expected + 0.2);
    expect(truePeakDbtp).toBeGreaterThanOrEqual(expected - 0.4);
  });

  test('precise: within 0.05 dB of a 32-fold interpolation', () => {
    const reference = 20 * Math.log10(truePeak32(samples));
    expect(Math.abs(measureDbtp(samples, 'precise') - reference)).toBeLessThan(0.05);
  });
});
