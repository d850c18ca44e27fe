import { ConfigError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { parseTimecode, type FrameRate } from '../base/timecode.ts';
import type { AtmosFields, FirstFrameOfAction } from '../io/adm/dbmd-fields.ts';
import type { StudioEdits } from '../io/adm/edit-dbmd.ts';
import { automaticTrim } from '../io/adm/format-dbmd.ts';
import { normalizeLabel } from '../layouts/labels.ts';
import { trimLayouts, type BinauralMode, type LayoutTrim, type TrimLayout } from '../scene/scene.ts';
import type { ElementMetadata, FileMetadata } from './metadata-file.ts';

/** A binaural mode for some channels. */
export interface BinauralModeEdit {
  /**
   * What it is for: a name of elements, or "bed" or "object" for all of the kind; with ":LFE" behind it only channels of
   * that label. `*` and `?` stand for any characters or one; case does not matter. "*" is everything.
   */
  readonly of: string;
  readonly mode: BinauralMode | 'notIndicated';
}

/** Trims for one layout class, or for all. Levels that are given make them manual. */
export interface TrimEdit {
  readonly layout: TrimLayout | 'all';
  readonly automatic?: boolean | undefined;
  /** dB, -36 to 6; balances -1..1, positive to the front. */
  readonly values?: Partial<Omit<LayoutTrim, 'automatic'>> | undefined;
}

/** What is to change in the metadata of files; what is undefined stays. */
export interface MetadataEdits {
  /** In their order: later ones have the last word. */
  readonly binauralModes?: readonly BinauralModeEdit[] | undefined;
  readonly trims?: readonly TrimEdit[] | undefined;
  readonly warpMode?: AtmosFields['warpMode'];
  readonly downmixType?: AtmosFields['downmixType'];
  readonly phaseShift90?: AtmosFields['phaseShift90'];
  readonly frameRate?: FrameRate | undefined;
  /** "none", a timecode HH:MM:SS:FF at the file's frame rate (the new one if there is one), or a time HH:MM:SS.sssss. */
  readonly firstFrameOfAction?: string | undefined;
  readonly programmeName?: string | undefined;
  /** New names of elements. */
  readonly renames?: readonly { readonly before: string; readonly after: string }[] | undefined;
}

/** Whether any edit lives in studio metadata (`dbmd`), not in names alone. */
export const touchesStudioMetadata = ({ programmeName: _, renames: __, ...others }: MetadataEdits): boolean =>
  Object.values(others).some((value) => value !== undefined && !(Array.isArray(value) && value.length === 0));

/**
 * The edits of `dbmd` for one file.
 * @returns beside them, the patterns that no channel of the file answers to
 * @throws ConfigError 'metadata-value'
 */
export function resolveStudioEdits(
  edits: MetadataEdits,
  metadata: FileMetadata,
): { readonly studio: StudioEdits; readonly unmatched: readonly string[] } {
  const { warpMode, downmixType, phaseShift90, frameRate, firstFrameOfAction } = edits;
  const values = { warpMode, downmixType, phaseShift90, frameRate };
  const atmos = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const action = firstFrameOfAction === undefined ? {} : firstFrameEdit(firstFrameOfAction, edits, metadata);
  const { binauralModes, unmatched } = resolveModes(edits.binauralModes ?? [], metadata.elements);
  const trims = resolveTrims(edits.trims ?? [], metadata.trims);
  return { studio: { atmos: { ...atmos, ...action }, trims, binauralModes }, unmatched };
}

const ticksPerSec = 1e5;

function firstFrameEdit(
  text: string,
  { frameRate: newRate }: MetadataEdits,
  { file, frameRate: oldRate }: FileMetadata,
): { firstFrameOfAction: FirstFrameOfAction | undefined } {
  if (text === 'none') return { firstFrameOfAction: undefined };
  const refuse = (what: string): never => {
    throw new ConfigError('metadata-value', `${file}: first frame of action "${text}" ${what}`, { file });
  };
  const clock = /^(\d\d):([0-5]\d):([0-5]\d(?:\.\d+)?)$/.exec(text);
  const frameRate = newRate ?? oldRate;
  if (!clock && !frameRate) return refuse('needs a frame rate, and the file has none: give one, too');
  const timeSec = clock
    ? clock.slice(1).reduce((sum, part) => sum * 60 + Number(part), 0)
    : parseTimecode(text, frameRate!);
  if (timeSec === undefined)
    return refuse(
      `is no timecode HH:MM:SS:FF at ${frameRate} frames a second, no time HH:MM:SS.sss, nor none`,
    );
  const ticks = Math.round(timeSec * ticksPerSec);
  const minutes = Math.floor(ticks / (60 * ticksPerSec));
  return {
    firstFrameOfAction: {
      hours: Math.floor(minutes / 60),
      minutes: minutes % 60,
      seconds: (ticks - minutes * 60 * ticksPerSec) / ticksPerSec,
    },
  };
}

/** Manual trims that were automatic begin at nothing, whatever stood behind them. */
function resolveTrims(edits: readonly TrimEdit[], before: FileMetadata['trims']): StudioEdits['trims'] {
  const trims: Partial<Record<TrimLayout, LayoutTrim>> = {};
  for (const { layout, automatic = false, values } of edits) {
    for (const name of layout === 'all' ? trimLayouts : [layout]) {
      const found = trims[name] ?? before?.[name] ?? automaticTrim;
      if (automatic) trims[name] = found.automatic ? found : automaticTrim;
      else trims[name] = { ...(found.automatic ? manualTrim : found), ...values };
    }
  }
  return trims;
}

const manualTrim: LayoutTrim = { ...automaticTrim, automatic: false };

function resolveModes(
  edits: readonly BinauralModeEdit[],
  elements: readonly ElementMetadata[],
): { binauralModes: StudioEdits['binauralModes']; unmatched: string[] } {
  const binauralModes = new Map<number, BinauralMode | 'notIndicated'>();
  const unmatched: string[] = [];
  for (const { of, mode } of edits) {
    const found = matchChannels(of, elements);
    if (found.channels.length === 0) unmatched.push(of);
    for (const { track, isLfe } of found.channels) {
      if (track === undefined) continue;
      // It has no place to be near or far; masters have it off.
      const isHeard = found.isByLabel || !isLfe || mode === 'notIndicated';
      binauralModes.set(track - 1, isHeard ? mode : 'off');
    }
  }
  return { binauralModes, unmatched };
}

/** Channels that a pattern is for. The whole of it may be a name, colons and all. */
function matchChannels(pattern: string, elements: readonly ElementMetadata[]) {
  const byName = elements.filter((element) => isElement(element, pattern));
  const colon = pattern.lastIndexOf(':');
  if (byName.length > 0 || colon < 0)
    return { channels: byName.flatMap(({ channels }) => channels), isByLabel: false };
  const wanted = pattern.slice(colon + 1);
  const channels = elements
    .filter((element) => isElement(element, pattern.slice(0, colon)))
    .flatMap((element) => element.channels.filter(({ label }) => isLabel(label, wanted)));
  return { channels, isByLabel: true };
}

const isElement = ({ name, kind }: ElementMetadata, pattern: string): boolean =>
  pattern.toLowerCase() === kind || globOf(pattern).test(name);

const isLabel = (label: string, pattern: string): boolean =>
  globOf(pattern).test(label) ||
  (normalizeLabel(pattern) !== undefined && normalizeLabel(pattern) === normalizeLabel(label));

function globOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu');
}

const shownNames = 30;

/** Says that nothing of a name is there, what is, and what was probably meant. */
export function unknownElement(wanted: string, names: readonly string[]): string {
  const known = [...new Set(names)];
  const near = nearestName(wanted.replaceAll(/[*?]/g, ''), known);
  const more = known.length > shownNames ? ` and ${known.length - shownNames} more` : '';
  const list = known
    .slice(0, shownNames)
    .map((name) => `"${name}"`)
    .join(', ');
  const meant = near === undefined ? '' : `; did you mean "${near}"?`;
  return `no element "${wanted}"; there ${known.length === 1 ? 'is' : 'are'} ${list || 'none'}${more}${meant}`;
}
