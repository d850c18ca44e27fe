import { UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import { dbToGain } from '../../base/units.ts';
import type { AudioObject, Bed, Scene, TrackModes } from '../../scene/scene.ts';
import { sceneTracks } from '../../scene/scene.ts';
import { bedObjectName, type DividedBed } from '../dolby/dolby-bed.ts';
import { dolbyMoves, type DolbyMove, type DolbyState } from '../dolby/dolby-moves.ts';
import { trackModesOf } from '../dolby/track-modes.ts';
import { idsPerBed, planDamfBed, type DamfBedPlan } from './damf-bed.ts';
import { damfExtrasOf } from './damf-extras.ts';

/** A bed channel or object to write. */
export interface PlannedTrack {
  readonly id: number;
  /** Track of the scene that feeds it (`sceneTracks`); undefined means silence. */
  readonly sceneTrack: number | undefined;
  readonly modes: TrackModes;
  /** 0..10; undefined means 10. */
  readonly importance: number | undefined;
  /** ID that it had in the master that the scene was read from. */
  readonly oldId: number | undefined;
  /** Of objects; made anew for each who asks, so that long automation is not held for all of them. */
  readonly moves: (() => Iterable<DolbyMove>) | undefined;
  /** Of bed channels, linear. */
  readonly gain: number;
}

/** A bed or an object to write. */
export interface PlannedElement {
  readonly name: string;
  readonly groupName: string | undefined;
  /** Names of the channels of a bed; undefined for an object. */
  readonly channelNames: readonly string[] | undefined;
  readonly tracks: readonly PlannedTrack[];
}

/** What planning needs to know of the master. */
export interface DamfPlanOptions {
  /** Path of the root file, for messages. */
  readonly file: string;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly onWarning: WarningHandler;
}

const maxBeds = 10;
const maxObjects = 118;
const maxChannels = 128;

/**
 * Plans a scene as a master in DAMF: beds first, then objects, in the order of the scene. What the format cannot hold
 * comes with the warning 'damf-lossy', beds that are divided with 'damf-bed-divided'.
 * @throws UnsupportedError 'damf-sample-rate', 'damf-ambisonic', 'damf-bed', 'damf-objects'
 */
export function planDamfElements(scene: Scene, options: DamfPlanOptions): PlannedElement[] {
  const { file, sampleRateHz, frameCount } = options;
  const refuse: Refuse = (code, what, hint) => {
    throw new UnsupportedError(code, `${file}: ${what}`, { file, hint });
  };
  if (sampleRateHz !== 48000 && sampleRateHz !== 96000)
    refuse('damf-sample-rate', `${sampleRateHz} Hz; a master in DAMF has 48000 or 96000 Hz`);
  const allTracks = sceneTracks(scene);
  const kept = damfExtrasOf(scene)?.elements ?? {};
  const divided = new Map(
    scene.elements.flatMap((element): [Bed, DamfBedPlan][] => {
      if (element.kind !== 'bed') return [];
      const parts = planDamfBed(element);
      if (!parts) refuse('damf-bed', `bed "${element.name}" has channels that a master has no place for`);
      return [[element, parts!]];
    }),
  );
  const bedCount = [...divided.values()].filter(({ channels }) => channels.length > 0).length;
  const beds: PlannedElement[] = [];
  const objects: PlannedElement[] = [];
  const nextObjectId = (): number => Math.max(1, bedCount) * idsPerBed + objects.length;
  for (const [index, element] of scene.elements.entries()) {
    const firstTrack = allTracks.findIndex(({ elementIndex }) => elementIndex === index);
    const { ids = [], groupName } = kept[element.id] ?? {};
    if (element.kind === 'ambisonic')
      refuse(
        'damf-ambisonic',
        `"${element.name}" is ambisonic, which a master cannot hold`,
        'render it to a bed first',
      );
    else if (element.kind === 'bed') {
      const parts = divided.get(element)!;
      warnOfBed(element, parts, options);
      const place = { firstTrack, ids, groupName };
      if (parts.channels.length > 0) beds.push(planBed(element, parts, beds.length, place));
      for (const part of parts.objects)
        objects.push(planBedObject(element, part, beds.length, nextObjectId(), place));
    } else {
      const track = planTrack(nextObjectId(), firstTrack, element, ids[0]);
      const time = { ticksPerSec: sampleRateHz, totalTicks: frameCount };
      warnOfLosses(element, time, options);
      const moves = (): Iterable<DolbyMove> => dolbyMoves(element, time, new Set());
      objects.push({
        name: element.name,
        groupName,
        channelNames: undefined,
        tracks: [{ ...track, importance: element.importance, moves }],
      });
    }
  }
  checkLimits(beds, objects, refuse);
  return [...beds, ...objects];
}

/** Throws an UnsupportedError. */
type Refuse = (code: string, what: string, hint?: string) => never;

interface Place {
  readonly firstTrack: number;
  readonly ids: readonly number[];
  readonly groupName: string | undefined;
}

const planTrack = (
  id: number,
  sceneTrack: number | undefined,
  { binauralMode, trimBypass, headTracking }: TrackModes,
  oldId: number | undefined,
): PlannedTrack => ({
  id,
  sceneTrack,
  modes: { binauralMode, trimBypass, headTracking },
  importance: undefined,
  oldId,
  moves: undefined,
  gain: 1,
});

function planBed(bed: Bed, { channels }: DamfBedPlan, bedIndex: number, place: Place): PlannedElement {
  const bedGain = bed.mute ? 0 : dbToGain(bed.gainDb);
  const tracks = channels.map(({ slot, index }): PlannedTrack => {
    const own = index === undefined ? undefined : bed.channels[index]!;
    const sceneTrack = index === undefined ? undefined : place.firstTrack + index;
    const oldId = index === undefined ? undefined : place.ids[index];
    const id = bedIndex * idsPerBed + slot;
    return {
      ...planTrack(id, sceneTrack, trackModesOf(bed, own), oldId),
      importance: bed.importance,
      gain: bedGain * dbToGain(own?.gainDb ?? 0),
    };
  });
  return {
    name: bed.name,
    groupName: place.groupName,
    channelNames: channels.map(({ name }) => name),
    tracks,
  };
}

const staticState: Omit<DolbyState, 'xyz' | 'gain'> = {
  size: 0,
  isDiffuse: false,
  isSnapped: false,
  zones: [],
  importance: undefined,
};

/** A channel of a bed that has no slot. @param bedNumber of the bed in the file, from 1 */
function planBedObject(
  bed: Bed,
  { index, xyz }: DividedBed['objects'][number],
  bedNumber: number,
  id: number,
  { firstTrack, ids }: Place,
): PlannedElement {
  const { label, gainDb } = bed.channels[index]!;
  const state = { ...staticState, xyz, gain: bed.mute ? 0 : dbToGain(bed.gainDb + gainDb) };
  const modes = { ...trackModesOf(bed, bed.channels[index]), trimBypass: true };
  return {
    name: bed.layout ? bedObjectName(bed.layout, bedNumber, label) : `${bed.name} ${label}`,
    groupName: undefined,
    channelNames: undefined,
    tracks: [
      {
        ...planTrack(id, firstTrack + index, modes, ids[index]),
        importance: bed.importance,
        moves: () => [{ ticks: 0, rampTicks: 0, from: undefined, state }],
      },
    ],
  };
}

/** Goes through all moves without keeping them. */
function warnOfLosses(
  object: AudioObject,
  time: Parameters<typeof dolbyMoves>[1],
  { file, onWarning }: DamfPlanOptions,
): void {
  const losses = new Set<string>();
  const moves = dolbyMoves(object, time, losses);
  while (!moves.next().done);
  if (losses.size === 0) return;
  const message = `${file}: object "${object.name}" loses ${[...losses].join(', ')}, which a master does not state`;
  onWarning({ code: 'damf-lossy', message, file, path: object.id });
}

function checkLimits(
  beds: readonly PlannedElement[],
  objects: readonly PlannedElement[],
  refuse: Refuse,
): void {
  if (beds.length > maxBeds) refuse('damf-bed', `${beds.length} beds; a master has ${maxBeds} at most`);
  if (objects.length > maxObjects) {
    const what = `${objects.length} objects (those of divided beds included); a master has ${maxObjects} at most`;
    refuse('damf-objects', what);
  }
  const channelCount = [...beds, ...objects].reduce((sum, { tracks }) => sum + tracks.length, 0);
  if (channelCount > maxChannels)
    refuse('damf-objects', `${channelCount} channels; a master has ${maxChannels} at most`);
}

function warnOfBed(bed: Bed, { channels, objects }: DamfBedPlan, { file, onWarning }: DamfPlanOptions): void {
  const silent = channels.filter(({ index }) => index === undefined).map(({ name }) => name);
  const parts = [
    ...(objects.length > 0
      ? [`${objects.map(({ index }) => bed.channels[index]!.label).join(', ')} become static objects`]
      : []),
    ...(silent.length > 0 ? [`${silent.join(', ')} are added in silence`] : []),
  ];
  if (parts.length === 0) return;
  const message = `${file}: bed "${bed.name}": ${parts.join('; ')}, as no bed of a master is like it`;
  onWarning({ code: 'damf-bed-divided', message, file, path: bed.id });
}
