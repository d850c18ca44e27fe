import { requirePreciseFir } from '../kernel-options.ts';
import type { PolyphaseFir, PrecisePeakKernel } from '../interfaces/meters.ts';
import type { CrestThresholds } from '../peak-bound.ts';
import { createPeakRows } from './peak-rows.ts';

/** Creates the scalar `PrecisePeakKernel`; sums in float64, crests rounded to float32. */
export function createPrecisePeak(channelCount: number, fir: PolyphaseFir): PrecisePeakKernel {
  requirePreciseFir(fir);
  const copy = { ...fir, coefficients: fir.coefficients.slice() };
  const kernel = createPeakRows(channelCount, copy, (samples, newest, floor, thresholds) =>
    crestOf(copy, samples, newest, floor, thresholds),
  );
  return { ...kernel, delaySamples: fir.tapCount / 2 };
}

/** The largest crest of one frame's interval, from its first sample to just before its last; 0 where none is near the floor. */
function crestOf(
  fir: PolyphaseFir,
  samples: Float32Array,
  newest: number,
  floor: number,
  thresholds: CrestThresholds,
): number {
  const at = (phase: number): number => magnitudeAt(fir, samples, newest, phase);
  const quarter = fir.phaseCount / 4;
  const start = at(0);
  const middle = at(2 * quarter);
  const end = at(4 * quarter);
  const lowestHalf = floor * thresholds.half;
  if (!(start >= lowestHalf || middle >= lowestHalf || end >= lowestHalf)) return 0;
  const lowest = floor * thresholds.quarter;
  const first = start >= lowestHalf || middle >= lowestHalf ? at(quarter) : 0;
  const last = middle >= lowestHalf || end >= lowestHalf ? at(3 * quarter) : 0;
  let crest = 0;
  if (start >= lowest && start > first && start >= at(-quarter)) crest = climb(at, quarter, 0, start);
  if (first >= lowest && first >= start && first > middle) {
    crest = Math.max(crest, climb(at, quarter, quarter, first));
  }
  if (middle >= lowest && middle >= first && middle > last) {
    crest = Math.max(crest, climb(at, quarter, 2 * quarter, middle));
  }
  if (last >= lowest && last >= middle && last > end) {
    crest = Math.max(crest, climb(at, quarter, 3 * quarter, last));
  }
  return crest;
}

/** Walks uphill on the finest grid from a point that no neighbour on the grid of quarters exceeds. */
function climb(at: (phase: number) => number, quarter: number, phase: number, magnitude: number): number {
  for (const step of [1, -1]) {
    let peak = magnitude;
    for (let k = 1; k < quarter; k++) {
      const next = at(phase + k * step);
      if (!(next > peak)) break;
      peak = next;
    }
    if (peak > magnitude) return peak;
  }
  return magnitude;
}

/** Magnitude at a phase of one frame; phases may lie one interval before, or be phaseCount: the next sample. */
function magnitudeAt(fir: PolyphaseFir, samples: Float32Array, newest: number, phase: number): number {
  const { phaseCount, tapCount, coefficients } = fir;
  if (phase === 0) return Math.abs(samples[newest - tapCount / 2]!);
  if (phase === phaseCount) return Math.abs(samples[newest - tapCount / 2 + 1]!);
  if (phase < 0) newest--;
  const first = (phase < 0 ? phase + phaseCount : phase) * tapCount;
  let sum = 0;
  for (let tap = 0; tap < tapCount; tap++) sum += coefficients[first + tap]! * samples[newest - tap]!;
  return Math.fround(Math.abs(sum));
}
