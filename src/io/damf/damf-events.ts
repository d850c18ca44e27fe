import { FormatError } from '../../base/errors.ts';
import type { Vec3 } from '../../base/coordinates.ts';
import type { DolbyZoneName } from '../../scene/dolby-zones.ts';

/** Values of events in DAMF, and what they mean. */

/** Zones that an object may play in, and those that are excluded then. */
export const zonesByName = {
  all: [],
  'no back': ['ZM1'],
  'no sides': ['ZM2L', 'ZM2R'],
  'center back': ['ZM3L', 'ZM3Lss', 'ZM3R', 'ZM3Rss'],
  'screen only': ['ZM4'],
  'surround only': ['ZM5'],
} as const satisfies Readonly<Record<string, readonly DolbyZoneName[]>>;

/** Name of a set of zones. */
export type DamfZones = keyof typeof zonesByName;

/** What an object or bed channel is from an event on. */
export interface DamfState {
  active: boolean;
  /** Dolby room, which is the ADM cube: x right, y front, z up. */
  xyz: Vec3;
  snap: boolean;
  /** False: the ceiling is not used. */
  elevation: boolean;
  zones: DamfZones;
  /** 0..1 */
  size: number;
  decorr: boolean;
  /** 0..1 */
  importance: number;
  gainDb: number;
  rampSamples: number;
}

/** State before anything is said. */
export const initialState: Readonly<DamfState> = Object.freeze<DamfState>({
  active: true,
  xyz: [0, 0, 0],
  snap: false,
  elevation: true,
  zones: 'all',
  size: 0,
  decorr: false,
  importance: 1,
  gainDb: 0,
  rampSamples: 0,
});

/** Where a value stands, for messages. */
export interface EventPlace {
  readonly file: string;
  line: number;
}

/** @throws FormatError 'damf-event' with file and line */
export function refuseEvent({ file, line }: EventPlace, what: string): never {
  throw new FormatError('damf-event', `${file}:${line}: ${what}`, { file, path: `line ${line}` });
}

/** A number of an event. */
export function eventNumber(text: string, key: string, place: EventPlace, min: number, max: number): number {
  const value = text === '' ? NaN : Number(text);
  if (value >= min && value <= max) return value;
  return refuseEvent(place, `${key} is "${text.slice(0, 40)}"; a number from ${min} to ${max} is needed`);
}

/** A whole number of an event. */
export function eventInteger(text: string, key: string, place: EventPlace): number {
  const value = eventNumber(text, key, place, 0, Number.MAX_SAFE_INTEGER);
  return Number.isInteger(value) ? value : refuseEvent(place, `${key} is ${text}; a whole number is needed`);
}

/** Truth as YAML 1.2, YAML 1.1 and old writers spell it. */
export function eventFlag(text: string, key: string, place: EventPlace): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  if (/^(?:yes|on|true)$/i.test(text)) return true;
  if (/^(?:no|off|false)$/i.test(text)) return false;
  return refuseEvent(place, `${key} is "${text.slice(0, 40)}"; true or false is needed`);
}

/** dB; silence is the bare token -inf. */
function gainOf(text: string, place: EventPlace): number {
  if (/^-\.?inf(?:inity)?$/i.test(text)) return -Infinity;
  return eventNumber(text, 'gain', place, -1000, 100);
}

/** Coordinates beyond the room stand in events of inactive objects. */
const farthest = 1e6;

function positionOf(text: string, place: EventPlace): Vec3 {
  const parts = /^\[(.*)\]$/.exec(text)?.[1]?.split(',') ?? [];
  if (parts.length !== 3)
    return refuseEvent(place, `pos is "${text.slice(0, 60)}"; three coordinates [x, y, z] are needed`);
  const coordinate = (index: number): number =>
    eventNumber(parts[index]!.trim(), 'a coordinate of pos', place, -farthest, farthest);
  return [coordinate(0), coordinate(1), coordinate(2)];
}

/** Keys after which a ramp begins anew. */
export const rampKeys: ReadonlySet<string> = new Set(['active', 'pos', 'size', 'gain', 'rampLength']);

/** Puts a value of an event into a state. @returns false for keys that a state does not hold */
export function applyEventValue(state: DamfState, key: string, text: string, place: EventPlace): boolean {
  switch (key) {
    case 'active':
      state.active = eventFlag(text, key, place);
      return true;
    case 'pos':
      state.xyz = positionOf(text, place);
      return true;
    case 'snap':
      state.snap = eventFlag(text, key, place);
      return true;
    case 'elevation':
      state.elevation = eventFlag(text, key, place);
      return true;
    case 'zones':
      if (!Object.hasOwn(zonesByName, text))
        refuseEvent(
          place,
          `zones is "${text.slice(0, 40)}"; known are ${Object.keys(zonesByName).join(', ')}`,
        );
      state.zones = text as DamfZones;
      return true;
    case 'size':
      state.size = eventNumber(text, key, place, 0, 1);
      return true;
    case 'decorr':
      state.decorr = eventFlag(text, key, place);
      return true;
    case 'importance':
      state.importance = eventNumber(text, key, place, 0, 1);
      return true;
    case 'gain':
      state.gainDb = gainOf(text, place);
      return true;
    case 'rampLength':
      state.rampSamples = eventInteger(text, key, place);
      return true;
    default:
      return false;
  }
}
