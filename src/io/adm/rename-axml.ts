import { UnsupportedError } from '../../base/errors.ts';
import { escapeXml } from '../../base/xml-text.ts';
import { normalizeId } from './adm-values.ts';
import { refsOf, type AdmDocument } from './axml.ts';
import type { XmlNode } from './xml-tree.ts';

/** A name to change: of the element of an ID (upper case), in one of its attributes. */
export interface NameChange {
  /** "audioObject". */
  readonly element: string;
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** Attributes that hold ID and name, by element. */
const named: Readonly<Record<string, readonly [id: string, name: string]>> = {
  audioProgramme: ['audioProgrammeID', 'audioProgrammeName'],
  audioContent: ['audioContentID', 'audioContentName'],
  audioObject: ['audioObjectID', 'audioObjectName'],
  audioPackFormat: ['audioPackFormatID', 'audioPackFormatName'],
  audioChannelFormat: ['audioChannelFormatID', 'audioChannelFormatName'],
  audioStreamFormat: ['audioStreamFormatID', 'audioStreamFormatName'],
  audioTrackFormat: ['audioTrackFormatID', 'audioTrackFormatName'],
};

const streamPrefix = 'PCM_';

/** Names of all audioObjects of a document, in its order. */
export const objectNames = ({ objects }: AdmDocument): string[] =>
  [...objects.values()].map(({ attributes }) => attributes.audioObjectName ?? '');

/**
 * What takes a new name with the objects of a name: they themselves; and where they have the same name, the content that
 * they stand in, their packs, the channels of these and, "PCM_" before it, the streams and tracks of the channels.
 */
export function renameObjects(document: AdmDocument, before: string, after: string): NameChange[] {
  const changes = new Map<string, NameChange>();
  const add = (nodes: ReadonlyMap<string, XmlNode>, ids: readonly string[], prefix = ''): string[] =>
    ids.filter((id) => {
      const node = nodes.get(id);
      const [, nameAttribute] = named[node?.name ?? ''] ?? [];
      if (!node || !nameAttribute || node.attributes[nameAttribute] !== prefix + before) return false;
      changes.set(id, { element: node.name, id, before: prefix + before, after: prefix + after });
      return true;
    });
  const objectIds = add(document.objects, [...document.objects.keys()]);
  for (const [id, content] of document.contents)
    if (refsOf(content, 'audioObjectIDRef').some((ref) => objectIds.includes(ref)))
      add(document.contents, [id]);
  const packIds = objectIds.flatMap((id) => refsOf(document.objects.get(id)!, 'audioPackFormatIDRef'));
  const channelIds = packIds.flatMap((id) => {
    const pack = document.packs.get(id);
    return pack ? refsOf(pack, 'audioChannelFormatIDRef') : [];
  });
  add(document.packs, packIds);
  const channelNodes = new Map([...document.channels].map(([id, { node }]) => [id, node]));
  const renamed = new Set(add(channelNodes, channelIds));
  for (const [id, stream] of document.streams) {
    if (!refsOf(stream, 'audioChannelFormatIDRef').some((ref) => renamed.has(ref))) continue;
    add(document.streams, [id], streamPrefix);
    add(document.tracks, refsOf(stream, 'audioTrackFormatIDRef'), streamPrefix);
  }
  return [...changes.values()];
}

/** A new name for a programme. */
export const renameProgramme = ({ attributes }: XmlNode, after: string): NameChange => ({
  element: 'audioProgramme',
  id: normalizeId(attributes.audioProgrammeID ?? ''),
  before: attributes.audioProgrammeName ?? '',
  after,
});

/**
 * Writes names into the text of an `axml` chunk; all else stays byte by byte.
 * @throws UnsupportedError 'adm-encoding' for what is not UTF-8
 */
export function renameInAxml(bytes: Uint8Array, changes: readonly NameChange[], file: string): Uint8Array {
  const text = decode(bytes, file);
  const wanted = new Map(changes.map((change) => [`${change.element} ${change.id}`, change]));
  let written = '';
  let from = 0;
  for (const { name, start, end } of startTags(text)) {
    const [idAttribute, nameAttribute] = named[name] ?? [];
    if (!idAttribute || !nameAttribute) continue;
    const attributes = attributesOf(text.slice(start, end));
    const id = normalizeId(attributes.get(idAttribute)?.value ?? '');
    const change = wanted.get(`${name} ${id}`);
    const place = attributes.get(nameAttribute);
    if (!change || !place) continue;
    written += text.slice(from, start + place.start) + escapeAttribute(change.after, place.quote);
    from = start + place.end;
  }
  return new TextEncoder().encode(written + text.slice(from));
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const message = `${file}: chunk axml is not UTF-8; names are changed in UTF-8 only`;
    throw new UnsupportedError('adm-encoding', message, { file, cause: error });
  }
}

/** Comments, CDATA, declarations and instructions, or a start tag up to its end. */
const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>|<([^\s/>!?]+)((?:[^"'>]|"[^"]*"|'[^']*')*)>/g;

function* startTags(
  text: string,
): Generator<{ readonly name: string; readonly start: number; readonly end: number }> {
  for (const match of text.matchAll(markup)) {
    const [whole, tag] = match;
    if (tag === undefined) continue;
    const name = tag.slice(tag.indexOf(':') + 1);
    yield { name, start: match.index, end: match.index + whole.length };
  }
}

interface AttributePlace {
  readonly value: string;
  readonly quote: string;
  /** Of the value within the tag. */
  readonly start: number;
  readonly end: number;
}

function attributesOf(tag: string): Map<string, AttributePlace> {
  const places = new Map<string, AttributePlace>();
  for (const match of tag.matchAll(/([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = match[2] ?? match[3] ?? '';
    const end = match.index + match[0].length - 1;
    const name = match[1]!.slice(match[1]!.indexOf(':') + 1);
    places.set(name, { value, quote: match[0].at(-1)!, start: end - value.length, end });
  }
  return places;
}

/** What stands between apostrophes needs them escaped too. */
const escapeAttribute = (text: string, quote: string): string =>
  quote === '"' ? escapeXml(text) : escapeXml(text).replaceAll("'", '&apos;');
