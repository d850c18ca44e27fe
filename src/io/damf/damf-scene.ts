import { basename } from 'node:path';
import { FormatError, type WarningHandler } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { isLfeLabel } from '../../layouts/labels.ts';
import { createScene, elementDefaults } from '../../scene/make-scene.ts';
import type { AudioObject, Bed, BedChannel, Scene, SceneElement } from '../../scene/scene.ts';
import type { AudioReader } from '../audio-file.ts';
import { openCafFile } from '../caf/caf-reader.ts';
import { masterBedLayout } from '../dolby/dolby-bed.ts';
import { restoreBeds } from '../dolby/restore-beds.ts';
import { withTrackModes } from '../dolby/track-modes.ts';
import { openInputFile, readWholeFile } from '../input-file.ts';
import type { SceneReader } from '../scene-reader.ts';
import { createStemReader } from '../stems/stem-reader.ts';
import { damfBedLabels } from './damf-bed.ts';
import type { DamfExtras } from './damf-extras.ts';
import { damfRootOf, locateDamf } from './damf-files.ts';
import { parseDamfRoot, type DamfBed, type DamfObject, type DamfRoot } from './damf-root.ts';
import type { EventInput } from './event-stream.ts';
import { readEventTracks, type EventTrack, type EventTracks } from './event-tracks.ts';
import { importanceOf } from './object-track.ts';

/** Options of `openDamfScene`. */
export interface OpenDamfOptions {
  readonly kernels: Kernels;
  readonly onWarning?: WarningHandler | undefined;
}

/** A root file is small: nine trims and a line or two for each of 128 channels. */
const maxRootBytes = 16 * 1024 * 1024;

/** An element, and the IDs of its tracks. */
interface DamfElement {
  readonly element: SceneElement;
  readonly channels: readonly number[];
  readonly groupName: string | undefined;
}

/**
 * Opens a master in DAMF (Dolby Atmos Master Format: NAME.atmos, NAME.atmos.metadata, NAME.atmos.audio) as a scene; any
 * of its files may be named. What the scene does not say is kept in `extras.damf`.
 * @throws FormatError 'damf-...' with file and line, 'caf-...', 'file-missing'; UnsupportedError
 */
export async function openDamfScene(file: string, options: OpenDamfOptions): Promise<SceneReader> {
  const { kernels, onWarning = () => undefined } = options;
  const rootFile = damfRootOf(file);
  const root = parseDamfRoot(await readRoot(rootFile, file), rootFile, onWarning);
  const files = await locateDamf(rootFile, root, onWarning);
  const reader = await openCafFile(files.audio, { kernels, onWarning });
  try {
    const events = await openInputFile(files.metadata);
    try {
      return await damfScene({ file, root, events, reader, onWarning });
    } finally {
      await events.close();
    }
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** What a master in DAMF is made of. */
export interface DamfParts {
  /** Any of its files, as it was named. */
  readonly file: string;
  readonly root: DamfRoot;
  readonly events: EventInput;
  readonly reader: AudioReader;
  readonly onWarning: WarningHandler;
}

/** Makes a scene of the parts of a master; it owns the reader and closes it. @throws FormatError 'damf-...' */
export async function damfScene({ file, root, events, reader, onWarning }: DamfParts): Promise<SceneReader> {
  const ids = idsOf(root, reader, onWarning);
  const eventTracks = await readEvents(events, root, reader, onWarning);
  const made = restoreBeds(elementsOf(root, eventTracks, onWarning));
  const scene = sceneOf(root, made, eventTracks);
  const tracks = ids.map((): number[] => []);
  let track = 0;
  for (const { channels } of made) for (const id of channels) tracks[ids.indexOf(id)]!.push(track++);
  while (tracks.length < reader.channelCount) tracks.push([]);
  return createStemReader({
    file,
    scene,
    sampleRateHz: reader.sampleRateHz,
    stems: [{ reader, startSample: 0, tracks }],
    stereoMasterFile: undefined,
    onWarning,
  });
}

async function readRoot(rootFile: string, file: string): Promise<string> {
  const bytes = await readWholeFile(rootFile).catch((error: FormatError) => {
    if (error.code !== 'file-missing' || rootFile === file) throw error;
    const message = `${file}: is a part of a master whose root file, ${basename(rootFile)}, is not beside it`;
    throw new FormatError('damf-root-missing', message, { file, hint: 'name the .atmos file of the master' });
  });
  if (bytes.length <= maxRootBytes) return new TextDecoder().decode(bytes);
  const message = `${rootFile}: ${bytes.length} bytes; a root file has at most ${maxRootBytes}`;
  throw new FormatError('damf-value', message, { file: rootFile });
}

/** All IDs in the order of the channels of the audio: ascending. */
function idsOf({ file, beds, objects }: DamfRoot, reader: AudioReader, onWarning: WarningHandler): number[] {
  const ids = [...beds.flatMap(({ channels }) => channels), ...objects].map(({ id }) => id);
  const { channelCount } = reader;
  if (channelCount < ids.length) {
    const message = `${file}: declares ${ids.length} channels; ${reader.file} has ${channelCount}`;
    throw new FormatError('damf-channels', message, { file });
  }
  if (channelCount > ids.length) {
    const message = `${file}: declares ${ids.length} channels; ${reader.file} has ${channelCount}, of which the last ${channelCount - ids.length} are not used`;
    onWarning({ code: 'damf-channels', message, file });
  }
  return ids.sort((a, b) => a - b);
}

const readEvents = (
  input: EventInput,
  { beds, objects }: DamfRoot,
  { sampleRateHz, frameCount }: AudioReader,
  onWarning: WarningHandler,
): Promise<EventTracks> =>
  readEventTracks(input, {
    objectIds: new Set(objects.map(({ id }) => id)),
    bedIds: new Set(beds.flatMap(({ channels }) => channels.map(({ id }) => id))),
    sampleRateHz,
    frameCount,
    onWarning,
  });

function elementsOf(
  { file, beds, objects }: DamfRoot,
  { tracks }: EventTracks,
  onWarning: WarningHandler,
): DamfElement[] {
  const warn = (code: string, what: string): void => onWarning({ code, message: `${file}: ${what}`, file });
  const made = [
    ...beds.map((bed, index) => bedElement(bed, index, tracks, warn)),
    ...objects.map((object) => objectElement(object, tracks.get(object.id)!)),
  ];
  for (const { element, channels } of made)
    if (channels.some((id) => tracks.get(id)!.changesModes))
      warn(
        'damf-modes',
        `"${element.name}" changes its binaural mode, head tracking or trims over time; those at its beginning count`,
      );
  return made;
}

type Warn = (code: string, what: string) => void;

function bedElement(
  { description, groupName, channels }: DamfBed,
  index: number,
  tracks: ReadonlyMap<number, EventTrack>,
  warn: Warn,
): DamfElement {
  const own = channels.map(({ id }) => tracks.get(id)!);
  const labels = damfBedLabels(channels.map(({ name }) => name));
  const name = description ?? `Bed ${index + 1}`;
  const bedChannels = channels.map((channel, at): BedChannel => {
    const { active, gainDb } = own[at]!.first;
    const label = labels[at] ?? channel.name;
    if (labels[at] === undefined)
      warn(
        'damf-bed-channel',
        `"${name}" has a channel "${channel.name}", which is no loudspeaker that is known`,
      );
    return {
      label,
      position: undefined,
      isLfe: isLfeLabel(label),
      gainDb: active ? gainDb : -Infinity,
    };
  });
  if (own.some(({ isMoving }) => isMoving))
    warn('damf-bed-events', `"${name}" changes its gains over time; those at its beginning count`);
  const bed: Bed = {
    ...elementDefaults,
    id: `bed_${channels[0]!.id}`,
    name,
    kind: 'bed',
    layout: masterBedLayout(bedChannels),
    channels: bedChannels,
    importance: importanceOf(own[0]!.first),
  };
  const modes = own.map((track) => track.modes);
  return { element: withTrackModes(bed, modes), channels: channels.map(({ id }) => id), groupName };
}

function objectElement({ id, description, groupName }: DamfObject, track: EventTrack): DamfElement {
  const object: AudioObject = {
    ...elementDefaults,
    id: `object_${id}`,
    name: description ?? `Object ${id}`,
    kind: 'object',
    blocks: track.blocks,
  };
  return { element: withTrackModes(object, [track.modes]), channels: [id], groupName };
}

function sceneOf(root: DamfRoot, made: readonly DamfElement[], events: EventTracks): Scene {
  const name = basename(root.file).replace(/\.atmos$/i, '') || 'master';
  const scene = createScene(
    name,
    made.map(({ element }) => element),
  );
  const kept = [...events.tracks].flatMap(([id, track]) => (track.kept.length > 0 ? [[id, track.kept]] : []));
  const damf: DamfExtras = {
    version: root.version,
    document: root.others,
    presentation: root.presentationOthers,
    offsetSec: root.offsetSec,
    sampleRateHz: events.sampleRateHz,
    elements: Object.fromEntries(
      made.map(({ element, channels, groupName }) => [element.id, { ids: channels, groupName }]),
    ),
    events: Object.fromEntries(kept),
  };
  return {
    ...scene,
    programme: { ...scene.programme, language: root.language },
    delivery: root.delivery,
    extras: { damf },
  };
}
