import { requirePreciseFir } from '../kernel-options.ts';
import type { PolyphaseFir, PrecisePeakKernel } from '../interfaces/meters.ts';
import { envelopeThresholds, maximumThresholds } from '../peak-bound.ts';
import { createPeakRows, type RowSearch } from './peak-rows.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `PrecisePeakKernel`. */
export const createPrecisePeak = (
  wasm: WasmInstance,
  channelCount: number,
  fir: PolyphaseFir,
): PrecisePeakKernel => ({
  ...createPeakRows(wasm, channelCount, fir, createPreciseSearch(wasm, channelCount, fir)),
  delaySamples: fir.tapCount / 2,
});

/** Its search. @param channelCount 0 where it will visit the rows of another kernel */
export function createPreciseSearch(wasm: WasmInstance, channelCount: number, fir: PolyphaseFir): RowSearch {
  requirePreciseFir(fir);
  const { exports } = wasm;
  const rows = exports.createPrecisePeak(channelCount, fir.phaseCount, fir.tapCount);
  const { middle, sides, taps } = preciseTables(fir);
  wasm.floats.set(middle, exports.preciseMiddle(rows) / 4);
  wasm.floats.set(sides, exports.preciseSides(rows) / 4);
  wasm.floats.set(taps, exports.preciseTaps(rows) / 4);
  const maximum = maximumThresholds;
  const envelope = envelopeThresholds;
  return {
    rows,
    maximum: (channel, frameCount, largest) =>
      exports.preciseMaximum(rows, channel, frameCount, largest, maximum.half, maximum.quarter),
    raiseEnvelope: (channel, frameCount, floor) =>
      exports.preciseRaiseEnvelope(rows, channel, frameCount, floor, envelope.half, envelope.quarter),
  };
}

/** The FIR in the three tables of the kernel: its middle phase, its first quarter folded, and all phases reversed. */
export function preciseTables({ phaseCount, tapCount, coefficients }: PolyphaseFir): {
  readonly middle: Float32Array;
  readonly sides: Float32Array;
  readonly taps: Float32Array;
} {
  const half = tapCount / 2;
  const middle = new Float32Array(half);
  const sides = new Float32Array(2 * half);
  for (let tap = 0; tap < half; tap++) {
    middle[tap] = coefficients[(phaseCount / 2) * tapCount + tap]!;
    const newer = coefficients[(phaseCount / 4) * tapCount + tap]!;
    const older = coefficients[(phaseCount / 4 + 1) * tapCount - 1 - tap]!;
    sides[2 * tap] = (newer + older) / 2;
    sides[2 * tap + 1] = (newer - older) / 2;
  }
  const padded = Math.ceil(tapCount / 4) * 4;
  const taps = new Float32Array(phaseCount * padded);
  for (let phase = 0; phase < phaseCount; phase++) {
    const oldestFirst = coefficients.slice(phase * tapCount, (phase + 1) * tapCount).reverse();
    taps.set(oldestFirst, (phase + 1) * padded - tapCount);
  }
  return { middle, sides, taps };
}
