import { FormatError, UnsupportedError } from '../../base/errors.ts';
import type { ObjectBlock } from '../../scene/scene.ts';
import { normalizeId, type Place } from './adm-values.ts';
import { objectBlockNames, parseObjectBlock } from './object-block.ts';
import {
  hoaBlockNames,
  parseHoaBlock,
  parseSpeakerBlock,
  speakerBlockNames,
  type HoaBlock,
  type SpeakerBlock,
} from './speaker-block.ts';
import { createPlainScanner } from './plain-xml.ts';
import { createXmlTreeParser, textsOf, type XmlNode } from './xml-tree.ts';

/** Types of packs and channels by their number. BS.2076-2 table 10. */
export const admTypes = { 1: 'DirectSpeakers', 2: 'Matrix', 3: 'Objects', 4: 'HOA', 5: 'Binaural' } as const;

/** One of the types of packs and channels. */
export type AdmType = (typeof admTypes)[keyof typeof admTypes];

/** An audioChannelFormat with its blocks, those of its type alone. */
export interface AdmChannel {
  readonly id: string;
  readonly name: string;
  readonly type: AdmType | undefined;
  readonly objectBlocks: ObjectBlock[];
  readonly speakerBlocks: SpeakerBlock[];
  readonly hoaBlocks: HoaBlock[];
  /** Of a Binaural, Matrix or unknown channel. */
  otherBlockCount: number;
  /** Blocks whose headphoneVirtualise has bypass set. BS.2076-2 clause 10.3. */
  bypassedBlockCount: number;
  /** What blocks hold beyond what is understood: [block, elements]. */
  readonly unknown: (readonly [blockIndex: number, nodes: readonly XmlNode[]])[];
  /** Without its blocks. */
  node: XmlNode;
}

/** The elements of an ADM document by their IDs (upper case), without what stands in channels. */
export interface AdmDocument {
  readonly file: string;
  /** Whether the document says that it is BS.2076-2 or later. */
  readonly isVersion2: boolean;
  readonly version: string | undefined;
  readonly programmes: ReadonlyMap<string, XmlNode>;
  readonly contents: ReadonlyMap<string, XmlNode>;
  readonly objects: ReadonlyMap<string, XmlNode>;
  readonly packs: ReadonlyMap<string, XmlNode>;
  readonly channels: ReadonlyMap<string, AdmChannel>;
  readonly streams: ReadonlyMap<string, XmlNode>;
  readonly tracks: ReadonlyMap<string, XmlNode>;
  readonly trackUids: ReadonlyMap<string, XmlNode>;
  /** All that stands beside these: tags, profiles and the like. */
  readonly others: readonly XmlNode[];
}

const idAttributes: Readonly<Record<string, string>> = {
  audioProgramme: 'audioProgrammeID',
  audioContent: 'audioContentID',
  audioObject: 'audioObjectID',
  audioPackFormat: 'audioPackFormatID',
  audioChannelFormat: 'audioChannelFormatID',
  audioStreamFormat: 'audioStreamFormatID',
  audioTrackFormat: 'audioTrackFormatID',
  audioTrackUID: 'UID',
};

/** Type of an element by its label, its definition, or the digits of its ID ("AC_0003...". */
export function admTypeOf({ attributes }: Pick<XmlNode, 'attributes'>, id: string): AdmType | undefined {
  const { typeLabel, typeDefinition } = attributes;
  const named = Object.values(admTypes).find((type) => type === typeDefinition);
  if (named) return named;
  const digits = typeLabel ?? id.slice(3, 7);
  return admTypes[Number.parseInt(digits, 16) as keyof typeof admTypes];
}

/** Reads an `axml` chunk that comes in pieces. */
export interface AxmlParser {
  /** Takes the next bytes. @throws FormatError 'xml-syntax', 'xml-limit', 'adm-value', 'adm-id' */
  write(bytes: Uint8Array): void;
  /** The document, when all has been written. @throws FormatError 'xml-syntax', 'adm-missing', 'adm-id' */
  finish(): AdmDocument;
}

/** Reads an `axml` chunk that is at hand as a whole; see `createAxmlParser`. */
export function parseAxml(bytes: Uint8Array, file: string): AdmDocument {
  const parser = createAxmlParser(file);
  parser.write(bytes);
  return parser.finish();
}

/**
 * Reads an `axml` chunk (BS.2076 in ituADM or ebuCoreMain, told by local names). Blocks are turned into values as they
 * come, so that long automation takes little room.
 */
export function createAxmlParser(file: string): AxmlParser {
  const channels = new Map<string, AdmChannel>();
  const addBlock = createBlockTaker(channels, file);
  const parser = createXmlTreeParser({
    file,
    bulk: { name: blockName, scan: createPlainScanner(blockName) },
    take(node, ancestors) {
      if (node.name !== blockName || ancestors.at(-1)!.name !== 'audioChannelFormat') return false;
      addBlock(node, ancestors);
      return true;
    },
  });
  return {
    write: (bytes) => parser.write(bytes),
    finish: () => collect(findFormat(parser.finish(), file), channels, file),
  };
}

/** Their values take about 400 bytes each. */
const maxBlocks = 4_000_000;
const blockName = 'audioBlockFormat';

/** Puts blocks into their channels; those of one channel come one after another. */
function createBlockTaker(channels: Map<string, AdmChannel>, file: string) {
  let parent: XmlNode | undefined;
  let channel: AdmChannel | undefined;
  let version2 = false;
  let blockCount = 0;
  return (node: XmlNode, ancestors: readonly XmlNode[]): void => {
    if (!channel || parent !== ancestors.at(-1)) {
      parent = ancestors.at(-1)!;
      channel = channelOf(channels, parent, file);
      const format = ancestors.find(({ name }) => name === 'audioFormatExtended');
      version2 = isVersion2(format?.attributes.version);
    }
    if (++blockCount > maxBlocks) {
      const message = `${file}: more than ${maxBlocks} blocks; no more are read`;
      throw new UnsupportedError('adm-size', message, { file });
    }
    addBlock(channel, node, file, version2);
  };
}

const isVersion2 = (version: string | undefined): boolean => /BS\.2076-[2-9]/.test(version ?? '');

/** The element audioFormatExtended of a document. @throws FormatError 'adm-missing' */
export function findFormat(root: XmlNode, file: string): XmlNode {
  const find = (node: XmlNode): XmlNode | undefined =>
    node.name === 'audioFormatExtended'
      ? node
      : node.children.reduce<XmlNode | undefined>((found, child) => found ?? find(child), undefined);
  const format = find(root);
  if (format) return format;
  const message = `${file}: chunk axml holds no audioFormatExtended`;
  throw new FormatError('adm-missing', message, { file, chunk: 'axml' });
}

/** The channel of an audioChannelFormat, made when first asked for. */
function channelOf(channels: Map<string, AdmChannel>, node: XmlNode, file: string): AdmChannel {
  const id = idOf(node, file);
  const known = channels.get(id);
  if (known) return known;
  const channel: AdmChannel = {
    id,
    name: node.attributes.audioChannelFormatName ?? id,
    type: admTypeOf(node, id),
    objectBlocks: [],
    speakerBlocks: [],
    hoaBlocks: [],
    otherBlockCount: 0,
    bypassedBlockCount: 0,
    unknown: [],
    node,
  };
  channels.set(id, channel);
  return channel;
}

function addBlock(channel: AdmChannel, node: XmlNode, file: string, version2: boolean): void {
  const { objectBlocks, speakerBlocks, hoaBlocks } = channel;
  const count = objectBlocks.length + speakerBlocks.length + hoaBlocks.length + channel.otherBlockCount;
  const place: Place = {
    file,
    path: node.attributes.audioBlockFormatID ?? `${channel.id} block ${count + 1}`,
  };
  const understood = understoodNames[channel.type ?? 'Matrix'];
  const unknown = node.children.filter(({ name }) => !understood?.has(name));
  if (unknown.length > 0) channel.unknown.push([count, unknown]);
  if (isBypassed(node)) channel.bypassedBlockCount++;
  if (channel.type === 'Objects')
    objectBlocks.push(parseObjectBlock(node, place, version2, objectBlocks.at(-1)));
  else if (channel.type === 'DirectSpeakers') speakerBlocks.push(parseSpeakerBlock(node, place));
  else if (channel.type === 'HOA') hoaBlocks.push(parseHoaBlock(node, place));
  else channel.otherBlockCount++;
}

const understoodNames: Readonly<Partial<Record<AdmType, ReadonlySet<string>>>> = {
  Objects: objectBlockNames,
  DirectSpeakers: speakerBlockNames,
  HOA: hoaBlockNames,
};

const isBypassed = (block: XmlNode): boolean =>
  block.children.some(({ name, attributes }) => name === 'headphoneVirtualise' && attributes.bypass === '1');

function collect(format: XmlNode, channels: Map<string, AdmChannel>, file: string): AdmDocument {
  const byName = new Map(Object.keys(idAttributes).map((name) => [name, new Map<string, XmlNode>()]));
  const others: XmlNode[] = [];
  for (const node of format.children) {
    const nodes = byName.get(node.name);
    if (!nodes) {
      others.push(node);
      continue;
    }
    const id = idOf(node, file);
    if (nodes.has(id)) throw idError(file, `${node.name} ${id} occurs twice`);
    nodes.set(id, node);
    if (node.name === 'audioChannelFormat') channelOf(channels, node, file).node = node;
  }
  const { version } = format.attributes;
  const nodes = (name: string): ReadonlyMap<string, XmlNode> => byName.get(name)!;
  return {
    file,
    version,
    isVersion2: isVersion2(version),
    programmes: nodes('audioProgramme'),
    contents: nodes('audioContent'),
    objects: nodes('audioObject'),
    packs: nodes('audioPackFormat'),
    channels,
    streams: nodes('audioStreamFormat'),
    tracks: nodes('audioTrackFormat'),
    trackUids: nodes('audioTrackUID'),
    others,
  };
}

function idOf({ name, attributes }: XmlNode, file: string): string {
  const id = attributes[idAttributes[name] ?? ''];
  if (id !== undefined && id.trim() !== '') return normalizeId(id);
  throw idError(file, `an ${name} has no ${idAttributes[name]}`);
}

const idError = (file: string, message: string): FormatError =>
  new FormatError('adm-id', `${file}: chunk axml: ${message}`, { file, chunk: 'axml' });

/** IDs that an element refers to by children of a name. */
export const refsOf = (node: XmlNode, name: string): string[] => textsOf(node, name).map(normalizeId);
