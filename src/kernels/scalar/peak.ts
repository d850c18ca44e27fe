import { requireFir } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../interfaces/meters.ts';
import { createPeakRows } from './peak-rows.ts';

/** Creates the scalar `PeakKernel`; sums in float64, magnitudes rounded to float32. */
export function createPeak(channelCount: number, fir: PolyphaseFir): PeakKernel {
  requireFir(fir);
  const { phaseCount, tapCount } = fir;
  const coefficients = fir.coefficients.slice();
  return createPeakRows(channelCount, fir, (samples, newest) => {
    let largest = 0;
    for (let phase = 0, c = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++) sum += coefficients[c++]! * samples[newest - tap]!;
      const magnitude = Math.abs(sum);
      if (magnitude > largest) largest = magnitude;
    }
    return Math.fround(largest);
  });
}
