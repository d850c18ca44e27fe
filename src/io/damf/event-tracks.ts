import type { WarningHandler } from '../../base/errors.ts';
import { unstatedModes } from '../../scene/make-scene.ts';
import type { BinauralMode, HeadTracking, ObjectBlock, TrackModes } from '../../scene/scene.ts';
import {
  applyEventValue,
  eventFlag,
  eventInteger,
  initialState,
  rampKeys,
  refuseEvent,
  type DamfState,
  type EventPlace,
} from './damf-events.ts';
import type { KeptValue } from './damf-extras.ts';
import { readDamfEvents, type DamfEvent, type EventInput } from './event-stream.ts';
import { createObjectTrack, type ObjectTrack } from './object-track.ts';

/** What the events of an ID say. */
export interface EventTrack {
  /** State after its first event; that before all events where it has none. */
  readonly first: DamfState;
  readonly modes: TrackModes;
  /** Of objects; one at least. */
  readonly blocks: readonly ObjectBlock[];
  readonly kept: readonly KeptValue[];
  /** Whether position, gain or the like change behind the first event. */
  readonly isMoving: boolean;
  /** Whether the modes change. */
  readonly changesModes: boolean;
}

/** What reading the events needs. */
export interface EventTracksOptions {
  readonly objectIds: ReadonlySet<number>;
  readonly bedIds: ReadonlySet<number>;
  /** Of the audio. */
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly onWarning: WarningHandler;
}

/** All that an event file says. */
export interface EventTracks {
  /** Of the sample positions. */
  readonly sampleRateHz: number;
  readonly tracks: ReadonlyMap<number, EventTrack>;
}

interface OpenTrack {
  readonly state: DamfState;
  readonly track: ObjectTrack | undefined;
  readonly kept: KeptValue[];
  readonly keptValues: Map<string, string>;
  modes: TrackModes;
  first: DamfState | undefined;
  lastSample: number;
  isMoving: boolean;
  changesModes: boolean;
}

/**
 * Reads the events of a master into blocks. An event says only what changes; one that names no ID, or no position, has
 * those of the event before. Events of unknown IDs, and those behind the end of the audio, come with a warning.
 * @throws FormatError 'damf-syntax', 'damf-event' with file and line
 */
export async function readEventTracks(input: EventInput, options: EventTracksOptions): Promise<EventTracks> {
  const { objectIds, bedIds, onWarning } = options;
  const { file } = input;
  const place: EventPlace & { readonly file: string } = { file, line: 0 };
  const open = new Map<number, OpenTrack>();
  const unknownIds = new Set<number>();
  let header: ReadonlyMap<string, string> | undefined;
  let rateHz = options.sampleRateHz;
  let totalSamples = 0;
  let lateCount = 0;
  let id: number | undefined;
  let samplePos = 0;

  const start = (found: ReadonlyMap<string, string>): void => {
    header = found;
    rateHz = rateOf(found, options, place);
    totalSamples = Math.ceil((options.frameCount * rateHz) / options.sampleRateHz);
  };
  const trackOf = (trackId: number): OpenTrack => {
    const known = open.get(trackId);
    if (known) return known;
    const made = openTrack(objectIds.has(trackId) ? createObjectTrack(rateHz) : undefined);
    open.set(trackId, made);
    return made;
  };
  const take = (event: DamfEvent, found: ReadonlyMap<string, string>): void => {
    place.line = event.line;
    if (!header) start(found);
    ({ id, samplePos } = placeOf(event, id, samplePos, place));
    if (!objectIds.has(id) && !bedIds.has(id)) return void unknownIds.add(id);
    if (samplePos >= totalSamples && samplePos > 0) return void lateCount++;
    takeEvent(trackOf(id), event, samplePos, place);
  };
  const stated = await readDamfEvents(input, take);
  if (!header) start(stated.header);
  const warn = (code: string, what: string): void => onWarning({ code, message: `${file}: ${what}`, file });
  if (unknownIds.size > 0)
    warn(
      'damf-unknown-id',
      `events of ID ${[...unknownIds].slice(0, 10).join(', ')}, which the master does not have, are left out`,
    );
  if (lateCount > 0) warn('damf-late-events', `${lateCount} events behind the end of the audio are left out`);
  const tracks = [...objectIds, ...bedIds].map((trackId): [number, EventTrack] => {
    const track = trackOf(trackId);
    if (!track.first) track.track?.add(0, track.state, true);
    return [trackId, { ...track, first: track.first ?? track.state, blocks: track.track?.finish() ?? [] }];
  });
  return { sampleRateHz: rateHz, tracks: new Map(tracks) };
}

function rateOf(
  header: ReadonlyMap<string, string>,
  { sampleRateHz, onWarning }: EventTracksOptions,
  place: EventPlace,
): number {
  const text = header.get('sampleRate');
  if (text === undefined) return sampleRateHz;
  const rateHz = Number(text);
  if (!(Number.isInteger(rateHz) && rateHz >= 1 && rateHz <= 1e6))
    return refuseEvent(place, `sampleRate is "${text.slice(0, 40)}"; a whole number of Hz is needed`);
  if (rateHz !== sampleRateHz) {
    const message = `${place.file}: sample positions are those of ${rateHz} Hz, the audio has ${sampleRateHz} Hz; they are converted`;
    onWarning({ code: 'damf-sample-rate', message, file: place.file });
  }
  return rateHz;
}

const openTrack = (track: ObjectTrack | undefined): OpenTrack => ({
  state: { ...initialState },
  track,
  kept: [],
  keptValues: new Map(),
  modes: unstatedModes,
  first: undefined,
  lastSample: 0,
  isMoving: false,
  changesModes: false,
});

/** ID and position of an event; what it does not say is that of the one before. */
function placeOf(
  { keys, values }: DamfEvent,
  idBefore: number | undefined,
  sampleBefore: number,
  place: EventPlace,
): { id: number; samplePos: number } {
  let id = idBefore;
  let samplePos = sampleBefore;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (key === 'ID' || key === 'objectID') id = eventInteger(values[index]!, key, place);
    else if (key === 'samplePos') samplePos = eventInteger(values[index]!, key, place);
  }
  return { id: id ?? refuseEvent(place, 'an event without ID, and none before it'), samplePos };
}

function takeEvent(
  track: OpenTrack,
  { keys, values }: DamfEvent,
  samplePos: number,
  place: EventPlace,
): void {
  if (samplePos < track.lastSample)
    refuseEvent(
      place,
      `samplePos ${samplePos} is before that of the last event of this ID, ${track.lastSample}`,
    );
  let restarts = false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (key === 'ID' || key === 'objectID' || key === 'samplePos') continue;
    if (applyEventValue(track.state, key, values[index]!, place)) restarts ||= rampKeys.has(key);
    else keepValue(track, samplePos, key, values[index]!, place);
  }
  track.lastSample = samplePos;
  if (!track.first) track.first = { ...track.state };
  else if (restarts) track.isMoving ||= !isSameSound(track.first, track.state);
  track.track?.add(samplePos, track.state, restarts);
}

const isSameSound = (a: DamfState, b: DamfState): boolean => a.active === b.active && a.gainDb === b.gainDb;

/** Modes hold for a whole element: those of the first event count, later ones are kept. */
function keepValue(track: OpenTrack, samplePos: number, key: string, text: string, place: EventPlace): void {
  const mode = modeOf(key, text, place);
  if (mode && !track.first) {
    track.modes = { ...track.modes, ...mode };
    track.keptValues.set(key, text);
    return;
  }
  if (track.keptValues.get(key) === text) return;
  if (mode) track.changesModes = true;
  track.keptValues.set(key, text);
  track.kept.push([samplePos, key, text]);
}

const binauralModes: ReadonlySet<string> = new Set<BinauralMode>(['off', 'near', 'mid', 'far']);
const headTrackings: Readonly<Record<string, HeadTracking>> = {
  'scene relative': 'scene',
  'head relative': 'head',
};

/** The mode that a key says; undefined for other keys. A bare "off" has become "false" in some files. */
function modeOf(key: string, text: string, place: EventPlace): Partial<TrackModes> | undefined {
  switch (key) {
    case 'trimBypass':
      return { trimBypass: eventFlag(text, key, place) };
    case 'binauralRenderMode': {
      const mode = text === 'false' ? 'off' : text;
      if (binauralModes.has(mode)) return { binauralMode: mode as BinauralMode };
      return mode === 'undefined'
        ? {}
        : refuseEvent(
            place,
            `binauralRenderMode is "${mode.slice(0, 40)}"; known are off, near, mid, far and undefined`,
          );
    }
    case 'headTrackMode':
      return { headTracking: Object.hasOwn(headTrackings, text) ? headTrackings[text] : undefined };
    default:
      return undefined;
  }
}
