import type { AudioBlock } from '../../base/audio-block.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { BandSplitKernel } from '../../kernels/interfaces/filters.ts';
import type { RowShare } from './detector.ts';
import type { DetectorSettings } from './detector-schema.ts';
import type { OutsideSource } from './detector-source.ts';
import type { DetectorUnit, UnitWeights } from './detector-units.ts';
import { memberRoundFrames } from './process-members.ts';

/** Who is heard by what. Rows of powers are [place * bandCount + band]: of the group, where there is one, then of units. */
export interface BandHearing {
  /** Part of the group's reduction that linked units take, 0..1. */
  readonly link: number;
  /** Whether the first place is the group's. */
  readonly hasGroup: boolean;
  /** Whether the kernel itself hears the group; else it hears units only. */
  readonly hearsGroup: boolean;
  /** Units with a place of their own. */
  readonly ownUnits: readonly number[];
  /** Detector of the kernel for each member. */
  readonly detectorOfMember: readonly number[];
  /** The rows that a unit goes by in a band; their shares sum to 1. */
  sharesOf(band: number, unit: number, bandCount: number): readonly RowShare[];
}

/**
 * Plans what is heard. Where the group is linked as a whole, the kernel hears it at once; where units go by themselves
 * too, it hears each of them, and the group is made of those. Of ambisonic units only W is heard, their first channel.
 */
export function planBandHearing(
  { mode, linkPercent = 100 }: Pick<DetectorSettings, 'mode' | 'linkPercent'>,
  units: readonly DetectorUnit[],
): BandHearing {
  const link = mode === 'own' ? 0 : linkPercent / 100;
  const hasGroup = link > 0 && units.some(({ isApart }) => !isApart);
  const hearsGroup = hasGroup && link === 1 && mode !== 'render' && mode !== 'side-chain';
  const ownUnits = [...units.keys()].filter((unit) => units[unit]!.isApart || link < 1);
  const memberCount = units.reduce((sum, { members }) => sum + members.length, 0);
  const detectorOfMember = Array<number>(memberCount).fill(-1);
  for (const [unit, { members }] of units.entries()) {
    const own = ownUnits.indexOf(unit);
    if (own >= 0) detectorOfMember[members[0]!] = own + Number(hearsGroup);
    else if (hearsGroup) detectorOfMember[members[0]!] = 0;
  }
  return {
    ...{ link, hasGroup, hearsGroup, ownUnits, detectorOfMember },
    sharesOf(band, unit, bandCount) {
      const group = { row: band, share: link };
      const own = { row: (Number(hasGroup) + ownUnits.indexOf(unit)) * bandCount + band, share: 1 - link };
      if (units[unit]!.isApart) return [{ ...own, share: 1 }];
      return [group, own].filter(({ share }) => share > 0);
    },
  };
}

/** Follows the powers of bands that are in a kernel. */
export interface BandDetector {
  /** Powers belong to samples of the effect's input so far back. */
  readonly latencySamples: number;
  /** [row][frame]; see `BandHearing`. */
  readonly powers: readonly Float32Array[];
  /** Hears what was split last. @param input all channels of the effect */
  listen(input: AudioBlock): void;
  reset(): void;
}

/** What a detector of bands needs. */
export interface BandDetectorOptions {
  readonly kernel: BandSplitKernel;
  /** Bands in the kernel are so late. */
  readonly splitLatencySamples: number;
  readonly hearing: BandHearing;
  readonly units: readonly DetectorUnit[];
  /** Of the frames in the kernel. */
  readonly weights: UnitWeights;
  readonly mode: DetectorSettings['mode'];
  readonly outside: OutsideSource | undefined;
}

/** Creates the detector. Members count in the group by the square of their weights. */
export function createBandDetector(options: BandDetectorOptions): BandDetector {
  const { kernel, splitLatencySamples, hearing, units, weights, outside } = options;
  const { bandCount } = kernel;
  const { hasGroup, hearsGroup, ownUnits, detectorOfMember } = hearing;
  const outsideLatencySamples = outside?.latencySamples ?? 0;
  const latencySamples = Math.max(splitLatencySamples, outsideLatencySamples);
  const createRows = (places: number): Float32Array[] =>
    Array.from({ length: places * bandCount }, () => new Float32Array(memberRoundFrames));
  const groupRows = createRows(Number(hasGroup));
  const ownRows = createRows(ownUnits.length);
  const heardRows = hearsGroup ? [...groupRows, ...ownRows] : ownRows;
  const memberWeights = Array<Float32Array | undefined>(detectorOfMember.length).fill(undefined);
  if (hearsGroup) setGroupWeights(memberWeights, options);
  const alignOwn = createAligner(heardRows, latencySamples - splitLatencySamples);
  const alignGroup = createAligner(outside ? groupRows : [], latencySamples - outsideLatencySamples);

  const addUnit = (place: number, frameCount: number): void => {
    const unit = ownUnits[place]!;
    if (units[unit]!.isApart) return;
    for (let band = 0; band < bandCount; band++)
      addPower(
        ownRows[place * bandCount + band]!,
        { weight: weights.constants[unit], moving: weights.rows[unit]!, isSum: options.mode === 'group-sum' },
        frameCount,
        groupRows[band]!,
      );
  };
  return {
    latencySamples,
    powers: [...groupRows, ...ownRows],
    listen(input) {
      const { frameCount } = input;
      if (heardRows.length > 0) kernel.measure(memberWeights, frameCount, heardRows);
      alignOwn.run(frameCount);
      if (outside) {
        outside.listen(input);
        for (let band = 0; band < groupRows.length; band++) outside.power(band, frameCount, groupRows[band]!);
        alignGroup.run(frameCount);
      } else if (hasGroup && !hearsGroup) {
        for (const row of groupRows) row.fill(0, 0, frameCount);
        for (let place = 0; place < ownUnits.length; place++) addUnit(place, frameCount);
      }
    },
    reset() {
      outside?.reset();
      alignOwn.reset();
      alignGroup.reset();
    },
  };
}

/** Adds the power of a unit to that of its group. */
function addPower(
  powers: Float32Array,
  { weight, moving, isSum }: { weight: number | undefined; moving: Float32Array; isSum: boolean },
  frameCount: number,
  sum: Float32Array,
): void {
  for (let n = 0; n < frameCount; n++) {
    const power = powers[n]! * (weight ?? moving[n]!) ** 2;
    sum[n] = isSum ? sum[n]! + power : Math.max(sum[n]!, power);
  }
}

/** Lets the kernel hear partial members of the group by their weights. */
function setGroupWeights(
  memberWeights: (Float32Array | undefined)[],
  { units, weights }: BandDetectorOptions,
): void {
  for (const [unit, { members, isApart }] of units.entries()) {
    const weight = weights.constants[unit];
    if (isApart || weight === 1) continue;
    memberWeights[members[0]!] =
      weight === undefined ? weights.rows[unit]! : new Float32Array(memberRoundFrames).fill(weight);
  }
}

/** Delays rows in place. */
function createAligner(
  rows: readonly Float32Array[],
  delaySamples: number,
): { run(frameCount: number): void; reset(): void } {
  const delays = delaySamples > 0 ? rows.map(() => createSampleDelay(delaySamples)) : [];
  const late = new Float32Array(memberRoundFrames);
  return {
    run(frameCount) {
      for (let row = 0; row < delays.length; row++) {
        delays[row]!.process(rows[row]!, late, frameCount);
        rows[row]!.set(late);
      }
    },
    reset: () => delays.forEach((delay) => delay.reset()),
  };
}
