import {
  trimLayouts,
  type BinauralMode,
  type HeadTracking,
  type LayoutTrim,
  type TrimLayout,
} from '../../scene/scene.ts';

/**
 * Segment 10 of a `dbmd` chunk: trims of nine layout classes, and for every channel of the programme trim bypass,
 * binaural mode and head tracking. Offsets as files in circulation have them.
 */
export interface AtmosSupplement {
  readonly trims: Readonly<Record<TrimLayout, LayoutTrim>>;
  /** One for each `chna` track, in its order. */
  readonly channels: readonly SupplementChannel[];
}

/** What the supplement says of one channel. */
export interface SupplementChannel {
  readonly trim: 'applied' | 'ignored' | 'notIndicated' | undefined;
  readonly binauralMode: BinauralMode | 'notIndicated' | undefined;
  /**
   * 2 as "not indicated" is known from files. That 0 is the scene and 1 the head is assumed, from the order in which
   * the other format of such masters lists them.
   */
  readonly headTracking: HeadTracking | 'notIndicated' | undefined;
}

/** What a channel has that nothing is said of. */
export const silentChannel: SupplementChannel = Object.freeze({
  trim: 'notIndicated',
  binauralMode: 'notIndicated',
  headTracking: 'notIndicated',
});

const sync = 0xf8726fbd;
const trimBytes = 15;
const at = { sync: 0, count: 4, trims: 7 } as const;
const channelsAt = at.trims + trimBytes * trimLayouts.length;
const trimModes = ['applied', 'ignored', 'notIndicated'] as const;
const headTrackings = ['scene', 'head', 'notIndicated'] as const;
const binauralModes = ['off', 'near', 'far', 'mid', 'notIndicated'] as const;

/** Reads segment 10. @returns undefined where it is too short for what it lists, or does not begin as it must */
export function parseSupplement(payload: Uint8Array): AtmosSupplement | undefined {
  if (payload.length < channelsAt) return undefined;
  const view = viewOf(payload);
  const count = view.getUint16(at.count, true);
  if (view.getUint32(at.sync, true) !== sync || payload.length < channelsAt + 2 * count) return undefined;
  const trims = trimLayouts.map((layout, index) => [layout, parseTrim(view, trimAt(index))] as const);
  const channels = Array.from({ length: count }, (_, index): SupplementChannel => {
    const modes = payload[channelsAt + count + index]!;
    return {
      trim: trimModes[payload[channelsAt + index]! & 3],
      binauralMode: binauralModes[modes & 7],
      headTracking: headTrackings[modes >> 6],
    };
  });
  return { trims: Object.fromEntries(trims) as Record<TrimLayout, LayoutTrim>, channels };
}

/**
 * Writes segment 10 over a copy of `payload`; where that is of another number of channels, only what stands before them
 * is kept of it. Undefined fields leave their bits.
 */
export function formatSupplement(
  { trims, channels }: AtmosSupplement,
  payload: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const count = channels.length;
  const sizeBytes = channelsAt + 2 * count;
  const fits = payload.length >= sizeBytes && viewOf(payload).getUint16(at.count, true) === count;
  const bytes = fits ? payload.slice() : new Uint8Array(sizeBytes);
  if (!fits) bytes.set(payload.subarray(0, channelsAt));
  const view = viewOf(bytes);
  view.setUint32(at.sync, sync, true);
  view.setUint16(at.count, count, true);
  trimLayouts.forEach((layout, index) => formatTrim(view, trimAt(index), trims[layout]));
  for (const [index, { trim, binauralMode, headTracking }] of channels.entries()) {
    const modesAt = channelsAt + count + index;
    if (trim) bytes[channelsAt + index] = (bytes[channelsAt + index]! & ~3) | trimModes.indexOf(trim);
    const low = binauralMode ? binauralModes.indexOf(binauralMode) : bytes[modesAt]! & 7;
    const high = headTracking ? headTrackings.indexOf(headTracking) : bytes[modesAt]! >> 6;
    bytes[modesAt] = (high << 6) | (bytes[modesAt]! & 0x38) | low;
  }
  return bytes;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const trimAt = (index: number): number => at.trims + trimBytes * index;

function parseTrim(view: DataView, offset: number): LayoutTrim {
  return {
    automatic: (view.getUint8(offset) & 1) === 1,
    centreDb: view.getFloat32(offset + 1, true),
    surroundDb: view.getFloat32(offset + 5, true),
    heightDb: view.getFloat32(offset + 9, true),
    overheadFloorBalance: balanceOf(view.getUint8(offset + 13)),
    listenerBalance: balanceOf(view.getUint8(offset + 14)),
  };
}

/** What reads the same is left as it stands: 0x80 and 0 are both a balance of nothing. */
function formatTrim(view: DataView, offset: number, trim: LayoutTrim): void {
  const found = parseTrim(view, offset);
  if (found.automatic !== trim.automatic)
    view.setUint8(offset, (view.getUint8(offset) & ~1) | (trim.automatic ? 1 : 0));
  const levels = [trim.centreDb, trim.surroundDb, trim.heightDb];
  levels.forEach((level, index) => view.setFloat32(offset + 1 + 4 * index, level, true));
  if (found.overheadFloorBalance !== trim.overheadFloorBalance)
    view.setUint8(offset + 13, balanceByte(trim.overheadFloorBalance));
  if (found.listenerBalance !== trim.listenerBalance)
    view.setUint8(offset + 14, balanceByte(trim.listenerBalance));
}

/** Sign in bit 7, amount in 127ths below it. */
const balanceOf = (byte: number): number => {
  const amount = (byte & 0x7f) / 127;
  return byte & 0x80 && amount > 0 ? -amount : amount;
};

const balanceByte = (balance: number): number =>
  (balance < 0 ? 0x80 : 0) | Math.round(Math.abs(balance) * 127);
