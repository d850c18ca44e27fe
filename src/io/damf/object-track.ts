import { dbToGain, gainToDb } from '../../base/units.ts';
import type { Vec3 } from '../../base/coordinates.ts';
import type { RationalSeconds } from '../../base/time.ts';
import type { ChannelLock, ExclusionZone, ObjectBlock } from '../../scene/scene.ts';
import { dolbyZone } from '../dolby/dolby-zones.ts';
import { zonesByName, type DamfState } from './damf-events.ts';

/** What of a state moves along a ramp. */
interface Target {
  readonly xyz: Vec3;
  readonly gainDb: number;
  readonly size: number;
}

/** A stretch of an object's path that is not finished yet. */
interface Stretch {
  readonly startSample: number;
  readonly rampSamples: number;
  readonly from: Target;
  readonly to: Target;
  readonly state: DamfState;
  /** Whether the object was heard before: what comes out of silence is at its place at once. */
  readonly wasActive: boolean;
}

/** Makes the blocks of an object of its events, one after another, without keeping the events. */
export interface ObjectTrack {
  /**
   * An event, at or behind the one before.
   * @param state after it; it is not kept. @param restarts whether it says anything that a ramp begins with
   */
  add(samplePos: number, state: DamfState, restarts: boolean): void;
  /** At least one block. */
  finish(): ObjectBlock[];
}

/** Makes a track. @param rateHz of the sample positions */
export function createObjectTrack(rateHz: number): ObjectTrack {
  const rate = BigInt(rateHz);
  const blocks: ObjectBlock[] = [];
  let stretch: Stretch | undefined;

  const begin = (
    startSample: number,
    rampSamples: number,
    from: Target,
    state: DamfState,
    wasActive: boolean,
  ): void => {
    stretch = { startSample, rampSamples, from, to: targetOf(state), state: { ...state }, wasActive };
  };
  return {
    add(samplePos, state, restarts) {
      if (!stretch) return begin(0, 0, targetOf(state), state, true);
      const { startSample, from, to, wasActive } = stretch;
      const endSample = startSample + stretch.rampSamples;
      if (samplePos === startSample) {
        const isFirst = samplePos === 0 && blocks.length === 0;
        const ramp = isFirst || !wasActive ? 0 : restarts ? state.rampSamples : stretch.rampSamples;
        return begin(samplePos, ramp, isFirst ? targetOf(state) : from, state, wasActive);
      }
      const isMoving = samplePos < endSample;
      const hasTurned = restarts && (isMoving || !isSameTarget(to, targetOf(state)));
      if (!hasTurned && isSameFixed(stretch.state, state)) return;
      const here = isMoving ? valueAt(stretch, samplePos) : to;
      blocks.push(blockOf(stretch, samplePos, rate));
      const ramp = hasTurned
        ? stretch.state.active
          ? state.rampSamples
          : 0
        : isMoving
          ? endSample - samplePos
          : 0;
      begin(samplePos, ramp, here, state, stretch.state.active);
    },
    finish() {
      if (stretch) blocks.push(blockOf(stretch, undefined, rate));
      return blocks;
    },
  };
}

/** The block of a stretch, which may end on its way. */
function blockOf(stretch: Stretch, endSample: number | undefined, rate: bigint): ObjectBlock {
  const { startSample, state, to } = stretch;
  const isCut = endSample !== undefined && endSample < startSample + stretch.rampSamples;
  const { xyz, gainDb, size } = isCut ? valueAt(stretch, endSample) : to;
  const ramp = isCut ? endSample - startSample : stretch.rampSamples;
  const timeOf = (samples: number): RationalSeconds => ({ numerator: BigInt(samples), denominator: rate });
  return {
    startSec: timeOf(startSample),
    durationSec: endSample === undefined ? undefined : timeOf(endSample - startSample),
    position: { kind: 'cartesian', xyz },
    gainDb,
    width: size,
    height: size,
    depth: size,
    diffuse: state.decorr ? 1 : 0,
    channelLock: state.snap ? lock : undefined,
    divergence: undefined,
    zoneExclusion: zoneListOf(state),
    jumpPosition: true,
    interpolationLengthSec: ramp === 0 ? undefined : timeOf(ramp),
    screenRef: false,
    importance: importanceOf(state),
  };
}

/** 0..1 in DAMF is 0..10 in ADM; all of it is what is not stated. */
export const importanceOf = ({ importance }: Pick<DamfState, 'importance'>): number | undefined =>
  importance === 1 ? undefined : Math.round(importance * 1e6) / 1e5;

const inside = (coordinate: number): number => Math.max(-1, Math.min(1, coordinate));

/** Inactive objects may stand far outside the room. */
const targetOf = ({ xyz, gainDb, size, active }: DamfState): Target => ({
  xyz: xyz.every((coordinate) => Math.abs(coordinate) <= 1)
    ? xyz
    : [inside(xyz[0]), inside(xyz[1]), inside(xyz[2])],
  gainDb: active ? gainDb : -Infinity,
  size,
});

const isSameTarget = (a: Target, b: Target): boolean =>
  a.gainDb === b.gainDb &&
  a.size === b.size &&
  a.xyz[0] === b.xyz[0] &&
  a.xyz[1] === b.xyz[1] &&
  a.xyz[2] === b.xyz[2];

const isSameFixed = (a: DamfState, b: DamfState): boolean =>
  a.snap === b.snap &&
  a.elevation === b.elevation &&
  a.zones === b.zones &&
  a.decorr === b.decorr &&
  a.importance === b.importance;

/** Gains move in amplitude, as renderers move them. */
function valueAt({ startSample, rampSamples, from, to }: Stretch, sample: number): Target {
  const share = (sample - startSample) / rampSamples;
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    xyz: [mix(from.xyz[0], to.xyz[0]), mix(from.xyz[1], to.xyz[1]), mix(from.xyz[2], to.xyz[2])],
    gainDb: from.gainDb === to.gainDb ? to.gainDb : gainToDb(mix(dbToGain(from.gainDb), dbToGain(to.gainDb))),
    size: mix(from.size, to.size),
  };
}

/** Shared by all blocks: long automation is not to hold a copy for each. */
const lock: ChannelLock = Object.freeze({ maxDistance: undefined });
const zoneLists = new Map<string, readonly ExclusionZone[]>();

function zoneListOf({ zones, elevation }: DamfState): readonly ExclusionZone[] {
  const key = `${zones} ${elevation}`;
  const known = zoneLists.get(key);
  if (known) return known;
  const names = [...zonesByName[zones], ...(elevation ? [] : (['ZT'] as const))];
  const list = Object.freeze(names.map(dolbyZone));
  zoneLists.set(key, list);
  return list;
}
