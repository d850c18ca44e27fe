import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { RowShare } from './detector.ts';
import type { DetectorUnit, UnitWeights } from './detector-units.ts';
import type { EffectReduction } from './effect.ts';
import { memberRoundFrames } from './process-members.ts';

/** How reductions become gains. */
export interface GainScale {
  /** dB of gain for each of a reduction: -1 turns down, -0.5 by half. */
  readonly gainPerDb: number;
  /** Added in dB. */
  readonly makeUpDb: number;
  /** Part of what comes out that has the gain; the rest passes beside it, 0..1. */
  readonly wetShare: number;
}

/** Members that have the very same gain. */
export interface GainClass {
  /** Indices of `group.tracks`. */
  readonly members: readonly number[];
  /** Of the last call, linear [frame]. */
  readonly gains: Float32Array;
}

/** Gains of all members in one band, class by class. */
export interface ClassGains {
  readonly classes: readonly GainClass[];
  /** Takes the next reductions in dB [row][frame]. */
  process(reductionsDb: readonly Float32Array[], frameCount: number): void;
  reductions(): readonly EffectReduction[];
  reset(): void;
}

/** What gains of classes need. */
export interface ClassGainsOptions {
  readonly kernels: Kernels;
  readonly units: readonly DetectorUnit[];
  /** Of the samples that the detector hears: so much later they count for the gains. */
  readonly weights: UnitWeights;
  readonly latencySamples: number;
  readonly scale: GainScale;
  /** See `Detector.sharesOf` [unit]. */
  readonly shares: readonly (readonly RowShare[])[];
  /** Of the band; undefined where there is one only. */
  readonly name: string | undefined;
}

/**
 * Creates the gains of a band. Members that go by the same rows with the same weight that stays are one class, so that
 * they have the same gain bit for bit. Partial members have their share of the gain in dB.
 */
export function createClassGains(options: ClassGainsOptions): ClassGains {
  const { units, weights, shares } = options;
  const unitsOf = new Map<string, number[]>();
  for (const unit of units.keys()) {
    const key = `${rowsKey(shares[unit]!)} ${weights.constants[unit] ?? `moving ${unit}`}`;
    unitsOf.set(key, [...(unitsOf.get(key) ?? []), unit]);
  }
  const built = [...unitsOf.values()].map((own) => createClass(own, options));
  return {
    classes: built,
    process(reductionsDb, frameCount) {
      for (let index = 0; index < built.length; index++) built[index]!.process(reductionsDb, frameCount);
    },
    // Classes that only their weights keep apart were turned down alike.
    reductions: () => [...new Map(built.map((one) => [one.name, one.reduction()])).values()],
    reset: () => built.forEach((one) => one.reset()),
  };
}

const rowsKey = (shares: readonly RowShare[]): string => shares.map(({ row }) => row).join();

/** Name of what goes by the same rows: of the band, of the unit where it is alone, or both. */
function nameOf(unit: number, { units, shares, name }: ClassGainsOptions): string {
  const own = rowsKey(shares[unit]!);
  const isAlone = shares.filter((others) => rowsKey(others) === own).length === 1;
  const unitName = isAlone && units.length > 1 ? units[unit]!.name : undefined;
  return [name, unitName].filter((part) => part !== undefined).join(', ') || 'all';
}

interface BuiltClass extends GainClass {
  readonly name: string;
  process(reductionsDb: readonly Float32Array[], frameCount: number): void;
  reduction(): EffectReduction;
  reset(): void;
}

function createClass(own: readonly number[], options: ClassGainsOptions): BuiltClass {
  const { kernels, units, weights, latencySamples, scale, shares } = options;
  const name = nameOf(own[0]!, options);
  const rows = shares[own[0]!]!;
  const weight = weights.constants[own[0]!];
  const moving = weights.rows[own[0]!]!;
  const delay = createSampleDelay(weight === undefined ? latencySamples : 0);
  const lateWeights = new Float32Array(memberRoundFrames);
  const levelsDb = new Float32Array(memberRoundFrames);
  const gains = new Float32Array(memberRoundFrames);
  const totals = { maxDb: 0, sumDb: 0, frames: 0 };

  const sumRows = (reductionsDb: readonly Float32Array[], frameCount: number): void => {
    const [first, second] = rows;
    const one = reductionsDb[first!.row]!;
    for (let n = 0; n < frameCount; n++) levelsDb[n] = first!.share * one[n]!;
    if (!second) return;
    const other = reductionsDb[second.row]!;
    for (let n = 0; n < frameCount; n++) levelsDb[n]! += second.share * other[n]!;
  };
  const count = (frameCount: number): void => {
    let { maxDb, sumDb } = totals;
    for (let n = 0; n < frameCount; n++) {
      if (levelsDb[n]! > maxDb) maxDb = levelsDb[n]!;
      sumDb += levelsDb[n]!;
    }
    Object.assign(totals, { maxDb, sumDb, frames: totals.frames + frameCount });
  };
  const weigh = (frameCount: number): void => {
    const { gainPerDb, makeUpDb } = scale;
    if (weight !== undefined) {
      const [slope, offset] = [gainPerDb * weight, makeUpDb * weight];
      for (let n = 0; n < frameCount; n++) levelsDb[n] = slope * levelsDb[n]! + offset;
      return;
    }
    delay.process(moving, lateWeights, frameCount);
    for (let n = 0; n < frameCount; n++)
      levelsDb[n] = (gainPerDb * levelsDb[n]! + makeUpDb) * lateWeights[n]!;
  };
  return {
    name,
    members: own.flatMap((unit) => units[unit]!.members),
    gains,
    process(reductionsDb, frameCount) {
      sumRows(reductionsDb, frameCount);
      count(frameCount);
      weigh(frameCount);
      kernels.levelsToGains(levelsDb, frameCount, scale.wetShare, gains);
    },
    reduction() {
      const factor = Math.abs(scale.gainPerDb);
      return {
        name,
        maxReductionDb: factor * totals.maxDb,
        meanReductionDb: totals.frames > 0 ? (factor * totals.sumDb) / totals.frames : 0,
      };
    },
    reset() {
      delay.reset();
      Object.assign(totals, { maxDb: 0, sumDb: 0, frames: 0 });
    },
  };
}
