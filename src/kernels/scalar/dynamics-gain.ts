import { requireDynamicsGain, requireFrames } from '../kernel-options.ts';
import type { DynamicsGainKernel, DynamicsRow } from '../interfaces/gains.ts';

/** Powers count up to this, and means below the other as nothing. */
const mostPower = 1e16;
const leastMean = 1e-30;
/** Level of silence: -160 dB. */
const leastPower = 1e-16;
/** Reductions below this are over: what shrinks for ever would become denormal. */
const leastReductionDb = 1e-9;

/** Creates the scalar `DynamicsGainKernel`. */
export function createDynamicsGain(rows: readonly DynamicsRow[]): DynamicsGainKernel {
  requireDynamicsGain(rows);
  const computers = rows.map((row) => new RowComputer(row));
  return {
    rowCount: rows.length,
    process(powers, frameCount, reductionsDb) {
      requireFrames('powers', powers, frameCount);
      requireFrames('reductionsDb', reductionsDb, frameCount);
      for (const [row, computer] of computers.entries())
        computer.process(powers[row]!, frameCount, reductionsDb[row]!);
    },
    reset: () => computers.forEach((computer) => computer.reset()),
  };
}

/** Of one row. */
class RowComputer {
  private readonly row: DynamicsRow;
  private mean = 0;
  private peakDb = 0;
  private followerDb = 0;
  private reductionDb = 0;

  constructor(row: DynamicsRow) {
    this.row = { ...row, release: { ...row.release } };
  }

  process(powers: Float32Array, frameCount: number, reductionsDb: Float32Array): void {
    const { attackFactor, meanShare, release } = this.row;
    let { mean, peakDb, followerDb, reductionDb } = this;
    for (let n = 0; n < frameCount; n++) {
      const power = powers[n]! > 0 ? Math.min(powers[n]!, mostPower) : 0;
      mean += (power - mean) * meanShare;
      if (mean <= leastMean) mean = 0;
      const wantedDb = this.wantedDb(10 * Math.log10(Math.max(leastPower, mean)));
      peakDb = Math.max(wantedDb, wantedDb + (peakDb - wantedDb) * release.factor);
      if (peakDb <= leastReductionDb) peakDb = 0;
      followerDb += (peakDb - followerDb) * (peakDb > followerDb ? release.charge : release.discharge);
      if (followerDb <= leastReductionDb) followerDb = 0;
      const heldDb = Math.max(peakDb, followerDb);
      reductionDb = Math.min(heldDb, heldDb + (reductionDb - heldDb) * attackFactor);
      reductionsDb[n] = reductionDb;
    }
    Object.assign(this, { mean, peakDb, followerDb, reductionDb });
  }

  reset(): void {
    this.mean = this.peakDb = this.followerDb = this.reductionDb = 0;
  }

  /** The static curve. */
  private wantedDb(levelDb: number): number {
    const { thresholdDb, kneeDb, slope, side, rangeDb } = this.row;
    const beyondDb = side === 'above' ? levelDb - thresholdDb : thresholdDb - levelDb;
    const inKneeDb = Math.min(kneeDb, Math.max(0, beyondDb + kneeDb / 2));
    const bend = kneeDb > 0 ? inKneeDb ** 2 / (2 * kneeDb) : 0;
    return Math.min(rangeDb, slope * (bend + Math.max(0, beyondDb - kneeDb / 2)));
  }
}
