import { FormatError } from '../../base/errors.ts';
import { trimLayouts, type LayoutTrim, type TrimLayout } from '../../scene/scene.ts';
import { dbmdSegmentIds, formatDbmd, parseDbmd, type Dbmd } from './dbmd.ts';
import { formatAtmos, parseAtmos, type AtmosFields } from './dbmd-fields.ts';
import {
  formatSupplement,
  parseSupplement,
  silentChannel,
  type SupplementChannel,
} from './dbmd-supplement.ts';
import {
  automaticTrim,
  newAtmos,
  newDbmd,
  payloadOf,
  withSegments,
  type CreationTool,
} from './format-dbmd.ts';

/** Fields of a `dbmd` chunk to change; those that are absent stay. */
export interface StudioEdits {
  /** A first frame of action that is present and undefined takes it away. */
  readonly atmos: Partial<AtmosFields>;
  readonly trims: Readonly<Partial<Record<TrimLayout, LayoutTrim>>>;
  /** By channel of the file, from 0. */
  readonly binauralModes: ReadonlyMap<number, SupplementChannel['binauralMode']>;
}

/** What editing a `dbmd` chunk takes. */
export interface StudioEditOptions {
  readonly file: string;
  /** Channels of the file. */
  readonly channelCount: number;
  /** Named as its maker in a chunk that is made anew. */
  readonly tool: CreationTool;
}

/**
 * Changes fields of a `dbmd` chunk in place: bytes of unknown meaning, segments of other numbers and the room behind them
 * stay, and all checksums are made right. Without a chunk one is made that says nothing else.
 * @throws FormatError 'adm-dbmd' where a segment that is to be changed is damaged
 */
export function editStudioMetadata(
  bytes: Uint8Array | undefined,
  { atmos, trims, binauralModes }: StudioEdits,
  { file, channelCount, tool }: StudioEditOptions,
): Uint8Array {
  const dbmd = bytes ? parseDbmd(bytes, file) : newDbmd(tool);
  const { atmos: atmosId, atmosSupplement: supplementId } = dbmdSegmentIds;
  let edited = dbmd;
  if (!bytes || Object.keys(atmos).length > 0) {
    const payload = payloadOf(dbmd, atmosId) ?? newAtmos(tool);
    const fields = required(parseAtmos(payload), atmosId, file);
    edited = withSegments(edited, [{ id: atmosId, payload: formatAtmos({ ...fields, ...atmos }, payload) }]);
  }
  if (!bytes || binauralModes.size > 0 || Object.keys(trims).length > 0) {
    const payload = editSupplement(dbmd, trims, binauralModes, { file, channelCount, tool });
    edited = withSegments(edited, [{ id: supplementId, payload }]);
  }
  const segments = edited.segments.map(({ id, payload }) => ({ id, payload }));
  return formatDbmd({ ...edited, segments });
}

function required<T>(fields: T | undefined, id: number, file: string): T {
  if (fields) return fields;
  const message = `${file}: chunk dbmd: segment ${id} is not as it should be and cannot be changed`;
  throw new FormatError('adm-dbmd', message, { file, chunk: 'dbmd' });
}

function editSupplement(
  dbmd: Dbmd,
  trims: StudioEdits['trims'],
  binauralModes: StudioEdits['binauralModes'],
  { file, channelCount }: StudioEditOptions,
): Uint8Array {
  const payload = payloadOf(dbmd, dbmdSegmentIds.atmosSupplement);
  const before = payload
    ? required(parseSupplement(payload), dbmdSegmentIds.atmosSupplement, file)
    : { trims: Object.fromEntries(trimLayouts.map((layout) => [layout, automaticTrim])), channels: [] };
  const isCounted = before.channels.length >= channelCount || (payload && binauralModes.size === 0);
  const added = isCounted ? 0 : channelCount - before.channels.length;
  const channels = [...before.channels, ...Array.from({ length: added }, () => silentChannel)];
  return formatSupplement(
    {
      trims: { ...before.trims, ...trims } as Record<TrimLayout, LayoutTrim>,
      channels: channels.map((channel, index) =>
        binauralModes.has(index) ? { ...channel, binauralMode: binauralModes.get(index) } : channel,
      ),
    },
    payload,
  );
}
