import { ConfigError, FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import { normalizeId } from './adm-values.ts';
import { admTypeOf, refsOf, type AdmDocument, type AdmType } from './axml.ts';
import { commonPackChannels } from './common-definitions.ts';
import { silentUid, type TrackUid } from './track-uids.ts';
import type { XmlNode } from './xml-tree.ts';

/** A channel of an item and its audio. */
export interface ItemChannel {
  readonly channelId: string;
  /** Undefined for silence. */
  readonly track: TrackUid | undefined;
}

/** One pack of one audioObject of a programme: what makes one element, or several. */
export interface AdmItem {
  /** The object within its objects, outermost first; empty for audio that no object claims. */
  readonly objects: readonly XmlNode[];
  readonly packId: string;
  readonly type: AdmType;
  readonly channels: readonly ItemChannel[];
}

/** What of a document is played. */
export interface AdmSelection {
  readonly programme: XmlNode | undefined;
  readonly items: readonly AdmItem[];
}

/** What selecting needs. */
export interface SelectOptions {
  /** ID or name of the programme; the first where undefined. */
  readonly programme: string | undefined;
  readonly resolveUid: (uid: string) => TrackUid;
  /** All UIDs of the file, for documents without objects. */
  readonly uids: readonly string[];
  readonly onWarning: WarningHandler;
}

/** Objects within objects, at most. */
const maxNesting = 32;
/** Packs that objects name, at most, each counted as often as it is reached. */
const maxItems = 4096;

/**
 * Finds what a programme plays, in its order: its contents, their objects and the objects within these. Of complementary
 * objects the first is played. Without a programme all contents count, without contents all objects, without objects all
 * tracks. BS.2127-1 clause 5.2.
 * @throws ConfigError 'adm-programme'; FormatError 'adm-reference', 'adm-nesting', 'adm-track'; UnsupportedError
 */
export function selectItems(document: AdmDocument, options: SelectOptions): AdmSelection {
  const programme = findProgramme(document, options.programme);
  const roots = rootObjects(document, programme);
  const packs = createPackExpander(document);
  const complementary = new Set(
    [...document.objects.values()].flatMap((node) => refsOf(node, 'audioComplementaryObjectIDRef')),
  );
  const items: AdmItem[] = [];
  const visit = (id: string, path: readonly XmlNode[]): void => {
    const node = required(document, document.objects, id, 'audioObject');
    if (path.includes(node) || path.length >= maxNesting) {
      const message = `${document.file}: ${id} stands within itself, or deeper than ${maxNesting} objects`;
      throw new FormatError('adm-nesting', message, { file: document.file, path: id, chunk: 'axml' });
    }
    if (complementary.has(id)) {
      const message = `${document.file}: ${id} is an alternative to another object and is not played`;
      options.onWarning({ code: 'adm-complementary', message, file: document.file, path: id });
      return;
    }
    const objects = [...path, node];
    items.push(...itemsOfObject(document, objects, packs, options));
    if (items.length > maxItems) {
      const message = `${document.file}: its objects name more than ${maxItems} packs`;
      throw new FormatError('adm-nesting', message, { file: document.file, chunk: 'axml' });
    }
    for (const inner of refsOf(node, 'audioObjectIDRef')) visit(inner, objects);
  };
  for (const id of roots) visit(id, []);
  if (document.objects.size === 0) items.push(...itemsOfTracks(packs, options));
  return { programme, items };
}

function findProgramme(document: AdmDocument, wanted: string | undefined): XmlNode | undefined {
  const { file, programmes } = document;
  if (wanted === undefined) return programmes.values().next().value;
  const byId = programmes.get(normalizeId(wanted));
  const found =
    byId ?? [...programmes.values()].find(({ attributes }) => attributes.audioProgrammeName === wanted);
  if (found) return found;
  const list = [...programmes].map(([id, node]) => `${id} "${node.attributes.audioProgrammeName ?? ''}"`);
  const message = `${file}: no programme "${wanted}"; it has ${list.join(', ') || 'none'}`;
  throw new ConfigError('adm-programme', message, { file });
}

function rootObjects(document: AdmDocument, programme: XmlNode | undefined): string[] {
  const contents = programme
    ? refsOf(programme, 'audioContentIDRef').map((id) =>
        required(document, document.contents, id, 'audioContent'),
      )
    : [...document.contents.values()];
  if (programme || contents.length > 0) return contents.flatMap((node) => refsOf(node, 'audioObjectIDRef'));
  const inner = new Set([...document.objects.values()].flatMap((node) => refsOf(node, 'audioObjectIDRef')));
  return [...document.objects.keys()].filter((id) => !inner.has(id));
}

function required(
  { file }: AdmDocument,
  nodes: ReadonlyMap<string, XmlNode>,
  id: string,
  what: string,
): XmlNode {
  const node = nodes.get(id);
  if (node) return node;
  const message = `${file}: ${what} ${id.slice(0, 40)} is referred to and not defined`;
  throw new FormatError('adm-reference', message, { file, path: id, chunk: 'axml' });
}

interface ExpandedPack {
  readonly type: AdmType;
  /** Undefined where the document does not define the pack: then its tracks say. */
  readonly channelIds: readonly string[] | undefined;
  /** The pack and those within it. */
  readonly packIds: ReadonlySet<string>;
}

/** Makes the function that gives the channels of a pack, those of packs within it first. */
function createPackExpander(document: AdmDocument): (id: string) => ExpandedPack {
  const known = new Map<string, ExpandedPack>();
  const expand = (id: string, depth: number): ExpandedPack => {
    const before = known.get(id);
    if (before) return before;
    const node = document.packs.get(id);
    const type = admTypeOf(node ?? { attributes: {} }, id);
    if (!type || depth > maxNesting) throw packError(document.file, id, depth);
    let made: ExpandedPack;
    if (!node) made = { type, channelIds: commonPackChannels(id), packIds: new Set([id]) };
    else {
      const inner = refsOf(node, 'audioPackFormatIDRef').map((ref) => expand(ref, depth + 1));
      const own = refsOf(node, 'audioChannelFormatIDRef');
      made = {
        type,
        channelIds: [...new Set([...inner.flatMap(({ channelIds }) => channelIds ?? []), ...own])],
        packIds: new Set([id, ...inner.flatMap(({ packIds }) => [...packIds])]),
      };
    }
    known.set(id, made);
    return made;
  };
  return (id) => expand(id, 0);
}

function packError(file: string, id: string, depth: number): FormatError | UnsupportedError {
  if (depth > maxNesting) {
    const message = `${file}: ${id} stands within itself, or deeper than ${maxNesting} packs`;
    return new FormatError('adm-nesting', message, { file, path: id, chunk: 'axml' });
  }
  const message = `${file}: pack "${id.slice(0, 40)}" is of an unknown type; read are DirectSpeakers, Objects, HOA and Binaural`;
  return new UnsupportedError('adm-type', message, { file, path: id });
}

function itemsOfObject(
  { file }: AdmDocument,
  objects: readonly XmlNode[],
  packs: (id: string) => ExpandedPack,
  { resolveUid, onWarning }: SelectOptions,
): AdmItem[] {
  const node = objects.at(-1)!;
  const uids = refsOf(node, 'audioTrackUIDRef');
  const hasSilence = uids.includes(silentUid);
  const tracks = uids.filter((uid) => uid !== silentUid).map(resolveUid);
  const packIds = refsOf(node, 'audioPackFormatIDRef');
  const wanted = packIds.length > 0 ? packIds : [...new Set(tracks.map(({ packId }) => packId))];
  return wanted.map((packId) => {
    const pack = packs(packId);
    const own =
      wanted.length === 1
        ? tracks
        : tracks.filter((track) => track.packId === '' || pack.packIds.has(track.packId));
    const { channels, missing } = matchChannels(pack, own, hasSilence);
    if (missing.length > 0) {
      const id = node.attributes.audioObjectID ?? '';
      const message = `${file}: ${id} has no track for ${missing.join(', ')} of ${packId}`;
      onWarning({ code: 'adm-channel-missing', message, file, path: id });
    }
    return { objects, packId, type: pack.type, channels };
  });
}

/** Channels in the order of the pack, then tracks of channels that it does not list. */
function matchChannels(
  { channelIds }: ExpandedPack,
  tracks: readonly TrackUid[],
  hasSilence: boolean,
): { channels: ItemChannel[]; missing: string[] } {
  const channels: ItemChannel[] = [];
  const missing: string[] = [];
  const left = new Set(tracks);
  const byChannel = new Map(tracks.map((track) => [track.channelId, track]));
  for (const channelId of channelIds ?? []) {
    const track = byChannel.get(channelId);
    if (track) left.delete(track);
    if (track || hasSilence) channels.push({ channelId, track });
    else missing.push(channelId);
  }
  for (const track of left) channels.push({ channelId: track.channelId, track });
  return { channels, missing };
}

/** A document that describes tracks alone: each pack of the tracks is an item. */
function itemsOfTracks(packs: (id: string) => ExpandedPack, { resolveUid, uids }: SelectOptions): AdmItem[] {
  const byPack = new Map<string, TrackUid[]>();
  for (const track of uids.map(resolveUid))
    byPack.set(track.packId, [...(byPack.get(track.packId) ?? []), track]);
  return [...byPack].map(([packId, tracks]) => {
    const pack = packs(packId);
    return { objects: [], packId, type: pack.type, channels: matchChannels(pack, tracks, false).channels };
  });
}
