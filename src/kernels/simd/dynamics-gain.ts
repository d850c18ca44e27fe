import { requireDynamicsGain, requireFrames } from '../kernel-options.ts';
import type { DynamicsGainKernel, DynamicsRow } from '../interfaces/gains.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `DynamicsGainKernel`: four rows at once. */
export function createDynamicsGain(wasm: WasmInstance, rows: readonly DynamicsRow[]): DynamicsGainKernel {
  requireDynamicsGain(rows);
  const { exports } = wasm;
  const rowCount = rows.length;
  const dynamics = exports.createDynamicsGain(rowCount);
  const capacityFrames = exports.dynamicsCapacityFrames();
  const lanes = [0, 1, 2, 3].map((lane) => exports.dynamicsRow(dynamics, lane));
  for (const [row, settings] of rows.entries())
    writeSettings(wasm, exports.dynamicsGroup(dynamics, row >> 2), row & 3, settings);

  return {
    rowCount,
    process(powers, frameCount, reductionsDb) {
      requireFrames('powers', powers, frameCount);
      requireFrames('reductionsDb', reductionsDb, frameCount);
      for (let from = 0; from < frameCount; from += capacityFrames) {
        const to = Math.min(frameCount, from + capacityFrames);
        for (let first = 0; first < rowCount; first += 4) {
          const laneCount = Math.min(4, rowCount - first);
          for (let lane = 0; lane < laneCount; lane++)
            wasm.copyIn(powers[first + lane]!, from, to, lanes[lane]!);
          exports.dynamicsRun(dynamics, first / 4, to - from);
          for (let lane = 0; lane < laneCount; lane++)
            wasm.copyOut(lanes[lane]!, reductionsDb[first + lane]!, from, to);
        }
      }
    },
    reset: () => exports.dynamicsReset(dynamics),
  };
}

function writeSettings(wasm: WasmInstance, address: number, lane: number, row: DynamicsRow): void {
  const { thresholdDb, kneeDb, slope, side, rangeDb, meanShare, attackFactor, release } = row;
  const kneeScale = kneeDb > 0 ? 0.5 / kneeDb : 0;
  const singles = [thresholdDb, kneeDb / 2, kneeDb, kneeScale, slope, side === 'above' ? 1 : -1, rangeDb];
  const doubles = [meanShare, attackFactor, release.factor, release.charge, release.discharge];
  singles.forEach((value, index) => (wasm.floats[address / 4 + 4 * index + lane] = value));
  const doublesAt = (address + 16 * singles.length) / 8;
  doubles.forEach((value, index) => (wasm.doubles[doublesAt + 4 * index + lane] = value));
}
