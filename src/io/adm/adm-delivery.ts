import type { WarningHandler } from '../../base/errors.ts';
import type { DeliveryMetadata, TrackModes } from '../../scene/scene.ts';
import { withTrackModes } from '../dolby/track-modes.ts';
import type { AdmElement } from './adm-elements.ts';
import { dbmdSegmentIds, parseDbmd, type Dbmd } from './dbmd.ts';
import {
  parseAtmos,
  parseDigitalPlus,
  type AtmosFields,
  type DigitalPlusFields,
  type FirstFrameOfAction,
} from './dbmd-fields.ts';
import { parseSupplement, type AtmosSupplement, type SupplementChannel } from './dbmd-supplement.ts';

/** What a `dbmd` chunk says; undefined for what it lacks. */
export interface StudioMetadata {
  readonly digitalPlus: DigitalPlusFields | undefined;
  readonly atmos: AtmosFields | undefined;
  readonly supplement: AtmosSupplement | undefined;
}

/** Newest version of the chunk whose meaning is known: 1.0.0.7. */
const newestVersion = 0x01000007;

/**
 * Reads all fields of a `dbmd` chunk; wrong checksums, segments that are too short and versions of an unknown future
 * come with a warning.
 * @throws FormatError 'adm-dbmd'
 */
export function readStudioMetadata(
  bytes: Uint8Array,
  file: string,
  onWarning: WarningHandler,
): StudioMetadata {
  const dbmd = parseDbmd(bytes, file);
  const warn = (what: string): void =>
    onWarning({ code: 'adm-dbmd', message: `${file}: chunk dbmd: ${what}`, file });
  if (dbmd.version > newestVersion)
    warn(`has version 0x${dbmd.version.toString(16)}; known are those up to 1.0.0.7`);
  for (const { id, wrongChecksum } of dbmd.segments)
    if (wrongChecksum !== undefined) warn(`segment ${id} has a wrong checksum; it is read as it stands`);
  const read = <T>(id: number, parse: (payload: Uint8Array) => T | undefined): T | undefined => {
    const payload = payloadOf(dbmd, id);
    const fields = payload && parse(payload);
    if (payload && !fields) warn(`segment ${id} is not as it should be and is not read`);
    return fields;
  };
  return {
    digitalPlus: read(dbmdSegmentIds.digitalPlus, parseDigitalPlus),
    atmos: read(dbmdSegmentIds.atmos, parseAtmos),
    supplement: read(dbmdSegmentIds.atmosSupplement, parseSupplement),
  };
}

const payloadOf = ({ segments }: Dbmd, wanted: number): Uint8Array | undefined =>
  segments.find(({ id }) => id === wanted)?.payload;

/** What a master says about its rendering, in the terms of a scene; what is not indicated is undefined. */
export function deliveryOf({ atmos, supplement }: StudioMetadata): DeliveryMetadata {
  const { warpMode, downmixType, phaseShift90, frameRate, firstFrameOfAction } = atmos ?? {};
  return {
    trims: supplement?.trims ?? {},
    warpMode: indicated(warpMode),
    downmixType: indicated(downmixType),
    phaseShift90: phaseShift90 === 'on' ? true : phaseShift90 === 'off' ? false : undefined,
    frameRate,
    firstFrameOfActionSec: firstFrameOfAction && secondsOf(firstFrameOfAction),
  };
}

const indicated = <T extends string>(value: T | 'notIndicated' | undefined): T | undefined =>
  value === 'notIndicated' ? undefined : value;

const secondsOf = ({ hours, minutes, seconds }: FirstFrameOfAction): number =>
  hours * 3600 + minutes * 60 + seconds;

/** Gives elements the modes of their tracks; channels of a bed that differ from most of it have their own. */
export function withMasterModes(
  elements: readonly AdmElement[],
  supplement: AtmosSupplement | undefined,
): AdmElement[] {
  if (!supplement) return [...elements];
  return elements.map((made) => {
    const modes = made.channels.map(({ track }) => modesOf(track && supplement.channels[track.fileChannel]));
    return { ...made, element: withTrackModes(made.element, modes) };
  });
}

const modesOf = (channel: SupplementChannel | undefined): TrackModes => ({
  binauralMode: indicated(channel?.binauralMode),
  trimBypass: channel?.trim === 'ignored' ? true : channel?.trim === 'applied' ? false : undefined,
  headTracking: indicated(channel?.headTracking),
});
