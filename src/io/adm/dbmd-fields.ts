import type { DeliveryMetadata } from '../../scene/scene.ts';

/**
 * Fields of the segments 7 (Dolby Digital Plus) and 9 (Atmos) of a `dbmd` chunk. Each is read from a payload and
 * written into a copy of one, so that bytes of unknown meaning stay as they are. Offsets: EBU Tech 3285 supplement 6
 * and files in circulation.
 */

/** Segment 7. */
export interface DigitalPlusFields {
  /** Channel mode, 0..7. */
  readonly acmod: number;
  /** Bit stream mode, 0..7. */
  readonly bsmod: number;
  readonly lfeOn: boolean;
  readonly langcode: boolean;
  readonly copyright: boolean;
  readonly original: boolean;
  /** Dialogue normalisation, 0..31: 1 to 31 mean -1 to -31 dB, 0 is reserved. */
  readonly dialnorm: number;
}

const digitalPlusBytes = 10;
const flagsAt = 5;
const dialnormBits = 0x1f;

/** Reads segment 7. @returns undefined where the payload is too short */
export function parseDigitalPlus(payload: Uint8Array): DigitalPlusFields | undefined {
  if (payload.length < digitalPlusBytes) return undefined;
  const [, programme = 0, , , , flags = 0] = payload;
  return {
    acmod: programme & 7,
    bsmod: (programme >> 3) & 7,
    lfeOn: (programme & 0x40) !== 0,
    langcode: (flags & 0x80) !== 0,
    copyright: (flags & 0x40) !== 0,
    original: (flags & 0x20) !== 0,
    dialnorm: flags & dialnormBits,
  };
}

/** Writes segment 7 over a copy of `payload`. */
export function formatDigitalPlus(fields: DigitalPlusFields, payload: Uint8Array): Uint8Array {
  const bytes = payload.slice();
  bytes[1] = (bytes[1]! & 0x80) | (fields.lfeOn ? 0x40 : 0) | (fields.bsmod << 3) | fields.acmod;
  bytes[flagsAt] =
    (fields.langcode ? 0x80 : 0) |
    (fields.copyright ? 0x40 : 0) |
    (fields.original ? 0x20 : 0) |
    fields.dialnorm;
  return bytes;
}

/**
 * Sets the dialogue normalisation of a copy of segment 3 or 7 to 0, which says nothing.
 * @returns undefined where it is so already
 */
export function withoutDialnorm(
  payload: Uint8Array,
): { readonly payload: Uint8Array; readonly dialnorm: number } | undefined {
  const flags = payload[flagsAt] ?? 0;
  const dialnorm = flags & dialnormBits;
  if (dialnorm === 0) return undefined;
  const bytes = payload.slice();
  bytes[flagsAt] = flags & ~dialnormBits;
  return { payload: bytes, dialnorm };
}

/** First frame of action as segment 9 has it. */
export interface FirstFrameOfAction {
  readonly hours: number;
  readonly minutes: number;
  /** In steps of 10 microseconds. */
  readonly seconds: number;
}

/** Segment 9. Undefined enumerations are values of no known meaning; they stay in the payload. */
export interface AtmosFields {
  readonly text: string;
  readonly creationTool: string;
  /** Major, minor, micro. */
  readonly creationToolVersion: readonly [number, number, number];
  readonly frameRate: DeliveryMetadata['frameRate'];
  /** Undefined where none is stated. */
  readonly firstFrameOfAction: FirstFrameOfAction | undefined;
  readonly downmixType: 'notIndicated' | 'loRo' | 'ltRtProLogic' | 'ltRtPLII' | 'directStereo' | undefined;
  /** Whether the surrounds are turned by 90 degrees in a fold to two channels. */
  readonly phaseShift90: 'off' | 'on' | 'notIndicated' | undefined;
  /** 0..3 */
  readonly bedDistribution: number;
  readonly warpMode: 'normal' | 'warping' | 'proLogicIIx' | 'loRo' | 'notIndicated' | undefined;
}

const frameRates = [undefined, '23.976', '24', '25', '29.97df', '29.97', '30'] as const;
const downmixTypes = ['notIndicated', 'loRo', 'ltRtProLogic', 'ltRtPLII', 'directStereo'] as const;
const phaseShifts = ['off', 'on', undefined, 'notIndicated'] as const;
const warpModes = ['normal', 'warping', 'proLogicIIx', 'loRo', 'notIndicated'] as const;

const at = {
  text: 0,
  tool: 32,
  version: 96,
  frameRate: 111,
  hours: 112,
  minutes: 113,
  seconds: 114,
  downmix: 139,
  warp: 152,
} as const;
const textBytes = 32;
const toolBytes = 64;
const secondsScale = 1e5;
const noHours = 0xff;

/** Reads segment 9. @returns undefined where the payload is too short */
export function parseAtmos(payload: Uint8Array): AtmosFields | undefined {
  if (payload.length <= at.warp) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const byte = (offset: number): number => payload[offset]!;
  return {
    text: textAt(payload, at.text, textBytes),
    creationTool: textAt(payload, at.tool, toolBytes),
    creationToolVersion: [byte(at.version), byte(at.version + 1), byte(at.version + 2)],
    frameRate: frameRates[byte(at.frameRate) & 0xf],
    firstFrameOfAction:
      byte(at.hours) === noHours
        ? undefined
        : {
            hours: byte(at.hours),
            minutes: byte(at.minutes),
            seconds: view.getUint32(at.seconds, true) / secondsScale,
          },
    downmixType: downmixTypes[(byte(at.downmix) >> 4) & 7],
    phaseShift90: phaseShifts[byte(at.downmix) & 3],
    bedDistribution: byte(at.warp) >> 6,
    warpMode: warpModes[byte(at.warp) & 7],
  };
}

/** Writes segment 9 over a copy of `payload`; undefined fields leave their bits. */
export function formatAtmos(fields: AtmosFields, payload: Uint8Array): Uint8Array {
  const bytes = payload.slice();
  const view = new DataView(bytes.buffer);
  setText(bytes, at.text, textBytes, fields.text);
  setText(bytes, at.tool, toolBytes, fields.creationTool);
  bytes.set(fields.creationToolVersion, at.version);
  const setBits = (offset: number, shift: number, width: number, value: number): void => {
    if (value < 0) return;
    const mask = ((1 << width) - 1) << shift;
    bytes[offset] = (bytes[offset]! & ~mask) | (value << shift);
  };
  if (fields.frameRate) setBits(at.frameRate, 0, 4, frameRates.indexOf(fields.frameRate));
  const { firstFrameOfAction: action } = fields;
  bytes[at.hours] = action?.hours ?? noHours;
  if (action) {
    bytes[at.minutes] = action.minutes;
    view.setUint32(at.seconds, Math.round(action.seconds * secondsScale), true);
  }
  if (fields.downmixType) setBits(at.downmix, 4, 3, downmixTypes.indexOf(fields.downmixType));
  if (fields.phaseShift90) setBits(at.downmix, 0, 2, phaseShifts.indexOf(fields.phaseShift90));
  setBits(at.warp, 6, 2, fields.bedDistribution);
  if (fields.warpMode) setBits(at.warp, 0, 3, warpModes.indexOf(fields.warpMode));
  return bytes;
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  const text = String.fromCharCode(...bytes.subarray(offset, offset + length));
  return text.replace(/\0.*$/s, '');
}

/** Writes a text only where it is not there already: what stands behind its end may be of someone's use. */
function setText(bytes: Uint8Array, offset: number, length: number, text: string): void {
  if (textAt(bytes, offset, length) === text) return;
  bytes.fill(0, offset, offset + length);
  for (let index = 0; index < Math.min(text.length, length); index++)
    bytes[offset + index] = text.charCodeAt(index) & 0xff;
}
