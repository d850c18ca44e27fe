import type { DeliveryMetadata, LayoutTrim, Scene, TrackModes, TrimLayout } from '../../scene/scene.ts';
import { trimLayouts } from '../../scene/scene.ts';
import { admExtrasOf } from './adm-extras.ts';
import { dbmdSegmentIds, formatDbmd, parseDbmd, type Dbmd, type DbmdSegment } from './dbmd.ts';
import { formatAtmos, parseAtmos, type AtmosFields, type FirstFrameOfAction } from './dbmd-fields.ts';
import { formatSupplement, parseSupplement, type SupplementChannel } from './dbmd-supplement.ts';
import type { PlannedObject } from './write-plan.ts';

/** Program that writes a master, as it is named in it. */
export interface CreationTool {
  readonly name: string;
  /** Major, minor, micro. */
  readonly version: readonly [number, number, number];
}

const version = 0x01000006;

/**
 * Makes the `dbmd` chunk of a master: that of the file that the scene was read from, or a new one, with the scene's
 * delivery metadata and the modes of each channel of the file. EBU Tech 3285 supplement 6.
 */
export function formatStudioMetadata(
  scene: Scene,
  objects: readonly PlannedObject[],
  tool: CreationTool,
): Uint8Array {
  const extras = admExtrasOf(scene);
  // A copy: slices of a Buffer share its memory.
  const keptBytes =
    extras?.dbmd === undefined ? undefined : new Uint8Array(Buffer.from(extras.dbmd, 'base64'));
  const kept = keptBytes && parseDbmd(keptBytes, scene.name);
  const dbmd = kept ?? newDbmd(tool);
  const old = payloadOf(kept, dbmdSegmentIds.atmosSupplement);
  const oldSupplement = old && parseSupplement(old);
  const channels = objects.flatMap((object) =>
    object.channels.map((channel, index) => {
      const uid = extras?.elements[object.elementId]?.channels[index]?.uid;
      const before = uid === undefined ? undefined : oldSupplement?.channels[trackOfUid(uid)];
      return supplementChannel(channel.modes, before);
    }),
  );
  const trims = Object.fromEntries(
    trimLayouts.map((layout) => [layout, scene.delivery.trims[layout] ?? automaticTrim]),
  ) as Record<TrimLayout, LayoutTrim>;
  const atmos = payloadOf(dbmd, dbmdSegmentIds.atmos) ?? newAtmos(tool);
  return formatDbmd(
    withSegments(dbmd, [
      { id: dbmdSegmentIds.atmos, payload: withDelivery(atmos, scene.delivery) },
      { id: dbmdSegmentIds.atmosSupplement, payload: formatSupplement({ trims, channels }, old) },
    ]),
  );
}

/** Masters number their track UIDs as their tracks. */
const trackOfUid = (uid: string): number => Number.parseInt(uid.slice(4), 16) - 1;

/** The payload of the first segment of a number. */
export const payloadOf = (dbmd: Dbmd | undefined, wanted: number): Uint8Array | undefined =>
  dbmd?.segments.find(({ id }) => id === wanted)?.payload;

/** What a layout class has that no master gives trims for. */
export const automaticTrim: LayoutTrim = Object.freeze({
  automatic: true,
  centreDb: 0,
  surroundDb: 0,
  heightDb: 0,
  overheadFloorBalance: 0,
  listenerBalance: 0,
});

/** What is not stated is written so, but for values of no known meaning, which stay. */
function supplementChannel(modes: TrackModes, before: SupplementChannel | undefined): SupplementChannel {
  const unstated = (field: keyof SupplementChannel): 'notIndicated' | undefined =>
    before && before[field] === undefined ? undefined : 'notIndicated';
  const { binauralMode, trimBypass, headTracking } = modes;
  return {
    trim: trimBypass === undefined ? unstated('trim') : trimBypass ? 'ignored' : 'applied',
    binauralMode: binauralMode ?? unstated('binauralMode'),
    headTracking: headTracking ?? unstated('headTracking'),
  };
}

/** Puts segments in the place of those of their number, or behind all. */
export function withSegments(dbmd: Dbmd, made: readonly DbmdSegment[]): Dbmd {
  const segments = dbmd.segments.map((segment) => {
    const own = made.find(({ id }) => id === segment.id);
    if (!own) return segment;
    const isSame = Buffer.from(own.payload).equals(segment.payload);
    return isSame ? segment : own;
  });
  const added = made.filter(({ id }) => !dbmd.segments.some((segment) => segment.id === id));
  return { ...dbmd, segments: [...segments, ...added] };
}

function withDelivery(payload: Uint8Array, delivery: DeliveryMetadata): Uint8Array {
  const found = parseAtmos(payload);
  if (!found) return payload;
  const { warpMode, downmixType, phaseShift90, frameRate, firstFrameOfActionSec } = delivery;
  const phaseShift = phaseShift90 === undefined ? undefined : phaseShift90 ? 'on' : 'off';
  const fields: AtmosFields = {
    ...found,
    warpMode: warpMode ?? 'notIndicated',
    downmixType: downmixType ?? 'notIndicated',
    phaseShift90: phaseShift ?? (found.phaseShift90 === undefined ? undefined : 'notIndicated'),
    frameRate: frameRate ?? found.frameRate,
    firstFrameOfAction: firstFrameOfActionSec === undefined ? undefined : clockOf(firstFrameOfActionSec),
  };
  return formatAtmos(fields, payload);
}

function clockOf(timeSec: number): FirstFrameOfAction {
  const hours = Math.floor(timeSec / 3600);
  const minutes = Math.floor((timeSec - hours * 3600) / 60);
  return { hours, minutes, seconds: timeSec - hours * 3600 - minutes * 60 };
}

/** A chunk that says nothing yet. Bytes of unknown meaning are those that all files in circulation have there. */
export function newDbmd(tool: CreationTool): Dbmd {
  const digitalPlus = new Uint8Array(96);
  digitalPlus.set([0x47, 0, 0, 0, 0x60, 0, 0, 0x24, 0x24], 1);
  return {
    version,
    segments: [
      { id: dbmdSegmentIds.digitalPlus, payload: digitalPlus },
      { id: dbmdSegmentIds.atmos, payload: newAtmos(tool) },
    ],
    // The number 0 that ends the list.
    trailing: new Uint8Array(1),
  };
}

/** Segment 9 that says nothing but which tool made it. */
export function newAtmos({ name, version: toolVersion }: CreationTool): Uint8Array {
  const payload = new Uint8Array(248);
  const at: readonly (readonly [offset: number, bytes: readonly number[]])[] = [
    [99, [0, 0, 0, 0, 3, 0, 5, 1]],
    [111, [0x12, 0xff]],
    [118, [3]],
    [134, [0xf0, 0x08]],
    [139, [0x03]],
    [152, [0x84]],
    [168, [0xf0, 0x00, 0x08]],
    [184, [0xf0, 0x00, 0x08]],
    [200, [0xf0, 0x00, 0x08]],
  ];
  for (const [offset, bytes] of at) payload.set(bytes, offset);
  // Importers may look for this text; the tool behind it is the one that wrote the file.
  const text = 'Created using Dolby equipment';
  return formatAtmos(
    { ...parseAtmos(payload)!, text, creationTool: name, creationToolVersion: toolVersion },
    payload,
  );
}
