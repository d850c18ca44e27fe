import { requireFir } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../interfaces/meters.ts';
import { foldFir } from './fold-fir.ts';
import { createPeakRows, type RowSearch } from './peak-rows.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `PeakKernel`; mirrored phases share their products. */
export const createPeak = (wasm: WasmInstance, channelCount: number, fir: PolyphaseFir): PeakKernel =>
  createPeakRows(wasm, channelCount, fir, createPeakSearch(wasm, channelCount, fir));

/** Its search. @param channelCount 0 where it will visit the rows of another kernel */
export function createPeakSearch(wasm: WasmInstance, channelCount: number, fir: PolyphaseFir): RowSearch {
  requireFir(fir);
  const { exports } = wasm;
  const { foldedGroups, folded, plainGroups, plain } = foldFir(fir);
  const rows = exports.createPeak(channelCount, fir.tapCount, foldedGroups, plainGroups);
  wasm.floats.set(folded, exports.peakFolded(rows) / 4);
  wasm.floats.set(plain, exports.peakPlain(rows) / 4);
  return {
    rows,
    maximum: (channel, frameCount, largest) => exports.peakMaximum(rows, channel, frameCount, largest),
    raiseEnvelope: (channel, frameCount, floor) =>
      exports.peakRaiseEnvelope(rows, channel, frameCount, floor),
  };
}
