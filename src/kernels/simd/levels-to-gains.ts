import { requireFrames } from '../kernel-options.ts';
import type { Kernels } from '../kernels.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `levelsToGains`. */
export function createLevelsToGains(wasm: WasmInstance): Kernels['levelsToGains'] {
  const { exports } = wasm;
  const row = exports.createLevelRow();
  const capacityFrames = exports.levelCapacityFrames();
  return (levelsDb, frameCount, share, gains) => {
    requireFrames('levelsDb and gains', [levelsDb, gains], frameCount);
    for (let from = 0; from < frameCount; from += capacityFrames) {
      const to = Math.min(frameCount, from + capacityFrames);
      wasm.copyIn(levelsDb, from, to, row);
      exports.levelsToGains(row, to - from, share);
      wasm.copyOut(row, gains, from, to);
    }
  };
}
