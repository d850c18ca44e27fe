import { gainToDb } from '../../base/units.ts';
import type { TrackModes } from '../../scene/scene.ts';
import { stateBetween, stateDistance, type DolbyMove, type DolbyState } from '../dolby/dolby-moves.ts';
import { zonesByName } from './damf-events.ts';
import type { KeptValue } from './damf-extras.ts';
import type { PlannedTrack } from './plan-damf.ts';

/** An event to write. */
export interface FormattedEvent {
  readonly samplePos: number;
  /** Lines of the event but for its ID and position, indented. */
  readonly text: string;
}

/** Longest ramp that masters in circulation have, in s; longer movements go on in several. */
const longestRampSec = 2048 / 48_000;

/** Objects have all of these keys in their first event, in this order; those that stand alone hold what is said nowhere. */
const objectKeys = [
  'active',
  'pos',
  'snap',
  'elevation',
  'zones',
  'size',
  'size3D',
  'decorr',
  'importance',
  'gain',
  'rampLength',
  'trimBypass',
  'dialog',
  'music',
  'distance',
  'screenFactor',
  'depthFactor',
  'headTrackMode',
  'binauralRenderMode',
] as const;
const objectDefaults: readonly KeptValue[] = [
  [0, 'dialog', '-1'],
  [0, 'music', '-1'],
  [0, 'screenFactor', '0.0'],
  [0, 'depthFactor', '0.25'],
];
const keyOrder: ReadonlyMap<string, number> = new Map(objectKeys.map((key, index) => [key, index]));

/** What formatting needs beside a track. */
export interface EventFormat {
  readonly sampleRateHz: number;
  /** What the master that the scene was read from says beside, at positions of this one. */
  readonly kept: readonly KeptValue[];
}

/**
 * Makes the events of a bed channel or an object, in order of time: each says what has changed. Movements are ramps, which
 * take as long as those of the scene; they are cut into several where they take long.
 */
export function* formatTrackEvents(track: PlannedTrack, format: EventFormat): Generator<FormattedEvent> {
  const said = new Map<string, string>();
  const first = new Map(modeValues(track.modes));
  if (track.moves) for (const [, key, text] of objectDefaults) first.set(key, text);
  const changes = track.moves
    ? objectChanges(track, format.sampleRateHz)
    : [{ samplePos: 0, values: bedValues(track) }];
  for (const { samplePos, values } of withKept(changes, first, format.kept)) {
    const fresh = [...values].filter(([key, text]) => said.get(key) !== text);
    // A ramp alone says nothing.
    if (fresh.every(([key]) => key === 'rampLength')) continue;
    fresh.sort(([a], [b]) => rankOf(a) - rankOf(b));
    let text = '';
    for (const [key, value] of fresh) {
      said.set(key, value);
      text += `    ${key}: ${value}\n`;
    }
    yield { samplePos, text };
  }
}

const rankOf = (key: string): number => keyOrder.get(key) ?? objectKeys.length;

interface Change {
  readonly samplePos: number;
  readonly values: Map<string, string>;
}

/** Joins what an object does with what is said beside it, in order of time. */
function* withKept(
  changes: Iterable<Change>,
  first: ReadonlyMap<string, string>,
  kept: readonly KeptValue[],
): Generator<Change> {
  let next = 0;
  let isFirst = true;
  for (const { samplePos, values } of changes) {
    while (!isFirst && next < kept.length && kept[next]![0] < samplePos) {
      const at = kept[next]![0];
      const own = new Map<string, string>();
      for (; next < kept.length && kept[next]![0] === at; next++) own.set(kept[next]![1], kept[next]![2]);
      yield { samplePos: at, values: own };
    }
    if (isFirst) for (const [key, text] of first) values.set(key, text);
    for (; next < kept.length && kept[next]![0] <= samplePos; next++)
      values.set(kept[next]![1], kept[next]![2]);
    isFirst = false;
    yield { samplePos, values };
  }
  for (; next < kept.length; next++)
    yield { samplePos: kept[next]![0], values: new Map([[kept[next]![1], kept[next]![2]]]) };
}

const modeValues = ({ binauralMode, trimBypass, headTracking }: TrackModes): [string, string][] => [
  ['trimBypass', String(trimBypass ?? false)],
  ['headTrackMode', headTracking === undefined ? 'undefined' : `${headTracking} relative`],
  ['binauralRenderMode', binauralMode ?? 'undefined'],
];

const bedValues = ({ gain, importance }: PlannedTrack): Map<string, string> =>
  new Map([
    ['active', 'true'],
    ['importance', importanceText(importance)],
    ['gain', gainText(gain)],
    ['rampLength', '0'],
  ]);

function* objectChanges({ moves, importance }: PlannedTrack, sampleRateHz: number): Generator<Change> {
  const longestTicks = Math.floor(longestRampSec * sampleRateHz);
  for (const move of moves!()) {
    for (const { ticks, rampTicks, state } of rampsOf(move, longestTicks))
      yield { samplePos: ticks, values: stateValues(state, rampTicks, importance) };
  }
}

/** Straight movements stay what they are when they are made in pieces. */
function* rampsOf(move: DolbyMove, longestTicks: number): Generator<Omit<DolbyMove, 'from'>> {
  const { from, state, ticks, rampTicks } = move;
  if (!from || rampTicks <= longestTicks || stateDistance(from, state) === 0) {
    yield { ticks, state, rampTicks: Math.min(rampTicks, longestTicks) };
    return;
  }
  const count = Math.ceil(rampTicks / longestTicks);
  for (let piece = 0; piece < count; piece++) {
    const start = Math.round((piece * rampTicks) / count);
    const end = Math.round(((piece + 1) * rampTicks) / count);
    const reached = piece + 1 === count ? state : stateBetween(from, state, end / rampTicks);
    yield { ticks: ticks + start, state: reached, rampTicks: end - start };
  }
}

function stateValues(
  { xyz, gain, size, isDiffuse, isSnapped, zones, importance }: DolbyState,
  rampTicks: number,
  objectImportance: number | undefined,
): Map<string, string> {
  const hasCeiling = !zones.includes('ZT');
  return new Map([
    ['active', 'true'],
    ['pos', `[${numberText(xyz[0])}, ${numberText(xyz[1])}, ${numberText(xyz[2])}]`],
    ['snap', String(isSnapped)],
    ['elevation', String(hasCeiling)],
    ['zones', zonesText(zones)],
    ['size', pointText(size)],
    ['decorr', String(isDiffuse)],
    ['importance', importanceText(importance ?? objectImportance)],
    ['gain', gainText(gain)],
    ['rampLength', String(rampTicks)],
  ]);
}

/** As many as masters in ADM have, so that what goes from one to the other stays what it is. */
const decimals = 10;
const perUnit = 10 ** decimals;

/** "0.5", "-1": at most ten decimals, no exponent, and no sign before nothing. */
function numberText(value: number): string {
  const text = String(Math.round(value * perUnit) / perUnit + 0);
  return text.includes('e') ? value.toFixed(decimals).replace(/0+$/, '') : text;
}

/** "0.5", "1.0": always with a point. */
function pointText(value: number): string {
  const text = numberText(value);
  return text.includes('.') ? text : `${text}.0`;
}

const importanceText = (importance: number | undefined): string => pointText((importance ?? 10) / 10);

const gainText = (gain: number): string => (gain === 0 ? '-inf' : numberText(gainToDb(gain)));

function zonesText(zones: DolbyState['zones']): string {
  const own = zones.filter((zone) => zone !== 'ZT' && zone !== 'ZB');
  const found = Object.entries(zonesByName).find(
    ([, names]) =>
      names.length === own.length && own.every((zone) => (names as readonly string[]).includes(zone)),
  );
  return found?.[0] ?? 'all';
}
