import type { Scene } from '../../scene/scene.ts';
import { admExtrasOf, type AdmExtras } from './adm-extras.ts';
import { normalizeId } from './adm-values.ts';
import { refsOf, admTypes } from './axml.ts';
import type { ChnaEntry } from './chna.ts';
import {
  formatLongXmlNode,
  formatTicks,
  formatTime,
  formatXmlNode,
  hexDigits,
  ticksPerSec,
  xmlNode,
} from './format-values.ts';
import { screenNode } from './format-screen.ts';
import { loudnessName, loudnessNodes } from './stated-loudness.ts';
import type { AdmFlavour, AdmPlanOptions, PlannedChannel, PlannedObject } from './write-plan.ts';
import type { XmlNode } from './xml-tree.ts';

/** The name by which importers know a studio master. */
const masterName = 'Atmos_Master';
const bitDepth = '24';

/** A channel of the file. */
interface Track {
  readonly object: PlannedObject;
  readonly channel: PlannedChannel;
  readonly uid: string;
}

const tracksOf = (objects: readonly PlannedObject[]): Track[] =>
  objects
    .flatMap((object) => object.channels.map((channel) => ({ object, channel })))
    .map((track, index) => ({ ...track, uid: `ATU_${hexDigits(index + 1, 8)}` }));

const trackFormatOf = ({ id }: PlannedChannel): string => `${id.replace('AC', 'AT')}_01`;
const streamFormatOf = ({ id }: PlannedChannel): string => id.replace('AC', 'AS');

/** Entries of the `chna` chunk: one a channel of the file, in its order. */
export const chnaEntriesOf = (objects: readonly PlannedObject[]): ChnaEntry[] =>
  tracksOf(objects).map(({ object, channel, uid }, index) => ({
    trackIndex: index + 1,
    uid,
    formatRef: trackFormatOf(channel),
    packRef: object.packId,
  }));

/**
 * Text of the `axml` chunk, piece by piece: blocks are made while they are written, so that long automation takes no
 * room. BS.2076-2; ebuCore as studios wrap it, or ituADM.
 */
export function* formatAxml(
  scene: Scene,
  objects: readonly PlannedObject[],
  flavour: AdmFlavour,
  options: AdmPlanOptions,
): Generator<string> {
  const isDolby = flavour === 'dolby';
  const [opening, closing] = isDolby ? ebuCore : ituAdm;
  const depth = isDolby ? 4 : 2;
  const texts = (nodes: readonly XmlNode[]): string[] => nodes.map((node) => formatXmlNode(node, depth));
  yield opening;
  yield* texts(programmeNodes(scene, objects, isDolby, options));
  yield* texts(objectNodes(objects));
  yield* texts(packNodes(objects));
  for (const { object, channel } of definedChannels(objects))
    yield* formatLongXmlNode(channelNode(object, channel), depth, channel.makeBlocks());
  yield* texts(streamNodes(objects, isDolby));
  yield* texts(trackUidNodes(objects, options.sampleRateHz));
  if (!isDolby) yield* texts(otherNodes(scene));
  yield closing;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** What surrounds the elements of the model. */
const ebuCore = [
  `${declaration}<ebuCoreMain xmlns="urn:ebu:metadata-schema:ebuCore_2016" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:ebu:metadata-schema:ebuCore_2016 ebucore.xsd" xml:lang="en">\n\t<coreMetadata>\n\t\t<format>\n\t\t\t<audioFormatExtended>\n`,
  '\t\t\t</audioFormatExtended>\n\t\t</format>\n\t</coreMetadata>\n</ebuCoreMain>\n',
] as const;
const ituAdm = [
  `${declaration}<ituADM xmlns="urn:metadata-schema:adm">\n\t<audioFormatExtended version="ITU-R_BS.2076-2">\n`,
  '\t</audioFormatExtended>\n</ituADM>\n',
] as const;

const reference = (name: string, id: string): XmlNode => xmlNode(name, {}, id);

function programmeNodes(
  scene: Scene,
  objects: readonly PlannedObject[],
  isDolby: boolean,
  { frameCount, sampleRateHz, loudness }: AdmPlanOptions,
): XmlNode[] {
  const extras = admExtrasOf(scene);
  const contents = contentsOf(objects, extras);
  const kept = extras?.nodes.find(
    ({ name, attributes }) =>
      name === 'audioProgramme' && normalizeId(attributes.audioProgrammeID ?? '') === extras.programmeId,
  );
  const children = (kept?.children ?? []).filter(({ name }) =>
    name === loudnessName ? !loudness : !isDolby && !writtenInProgramme.has(name),
  );
  const contentIds = contents.map((_, index) => `ACO_${hexDigits(0x1001 + index)}`);
  const { referenceScreen, language, name } = scene.programme;
  const end = { numerator: BigInt(frameCount), denominator: BigInt(sampleRateHz) };
  const programme = xmlNode(
    'audioProgramme',
    {
      audioProgrammeID: 'APR_1001',
      audioProgrammeName: isDolby ? masterName : name,
      audioProgrammeLanguage: language,
      start: formatTicks(0),
      end: isDolby ? formatTicks(Math.round((frameCount / sampleRateHz) * ticksPerSec)) : formatTime(end),
    },
    [
      ...contentIds.map((id) => reference('audioContentIDRef', id)),
      ...(loudness ? loudnessNodes(loudness) : []),
      ...children,
      ...(referenceScreen && !isDolby ? [screenNode(referenceScreen)] : []),
    ],
  );
  return [programme, ...contents.map((content, index) => contentNode(content, contentIds[index]!, isDolby))];
}

const writtenInProgramme = new Set(['audioContentIDRef', 'audioProgrammeReferenceScreen']);

/** Objects that stand in one audioContent, and the one that they stood in before. */
interface Content {
  readonly before: XmlNode | undefined;
  readonly objects: PlannedObject[];
}

function contentsOf(objects: readonly PlannedObject[], extras: AdmExtras | undefined): Content[] {
  const known = (extras?.nodes ?? []).filter(({ name }) => name === 'audioContent');
  const contents: Content[] = [];
  for (const object of objects) {
    const [outermost] = extras?.elements[object.elementId]?.objectIds ?? [];
    const before = known.find(
      (node) => outermost !== undefined && refsOf(node, 'audioObjectIDRef').includes(outermost),
    );
    const content = contents.find((candidate) => candidate.before === before);
    if (content) content.objects.push(object);
    else contents.push({ before, objects: [object] });
  }
  return contents;
}

function contentNode({ before, objects }: Content, id: string, isDolby: boolean): XmlNode {
  const mixed = xmlNode('dialogue', { mixedContentKind: '0' }, '2');
  const kept = isDolby ? [] : (before?.children ?? []).filter(({ name }) => name !== 'audioObjectIDRef');
  const { audioContentName, audioContentLanguage } = before?.attributes ?? {};
  return xmlNode(
    'audioContent',
    {
      audioContentID: id,
      audioContentName: audioContentName ?? (isDolby ? `${masterName}_Content` : 'Content'),
      audioContentLanguage: isDolby ? undefined : audioContentLanguage,
    },
    [
      ...objects.map((object) => reference('audioObjectIDRef', object.id)),
      ...(kept.some(({ name }) => name === 'dialogue') || (before && !isDolby) ? kept : [mixed, ...kept]),
    ],
  );
}

function objectNodes(objects: readonly PlannedObject[]): XmlNode[] {
  const tracks = tracksOf(objects);
  return objects.map((object) =>
    xmlNode('audioObject', { audioObjectID: object.id, audioObjectName: object.name, ...object.attributes }, [
      reference('audioPackFormatIDRef', object.packId),
      ...tracks
        .filter((track) => track.object === object)
        .map(({ uid }) => reference('audioTrackUIDRef', uid)),
      ...object.children,
    ]),
  );
}

/** "typeLabel" and "typeDefinition" of packs and channels. */
function typeAttributes({ type }: PlannedObject): Record<string, string> {
  const number = Object.entries(admTypes).find(([, known]) => known === type)![0];
  return { typeDefinition: type, typeLabel: number.padStart(4, '0') };
}

const packNodes = (objects: readonly PlannedObject[]): XmlNode[] =>
  objects
    .filter(({ isCommon }) => !isCommon)
    .map((object) =>
      xmlNode(
        'audioPackFormat',
        {
          audioPackFormatID: object.packId,
          audioPackFormatName: object.name,
          ...typeAttributes(object),
          importance: object.packImportance === undefined ? undefined : String(object.packImportance),
        },
        object.channels.map(({ id }) => reference('audioChannelFormatIDRef', id)),
      ),
    );

const definedChannels = (objects: readonly PlannedObject[]): Track[] =>
  tracksOf(objects).filter(({ object }) => !object.isCommon);

/** Without its blocks. */
const channelNode = (object: PlannedObject, channel: PlannedChannel): XmlNode =>
  xmlNode(
    'audioChannelFormat',
    { audioChannelFormatID: channel.id, audioChannelFormatName: channel.name, ...typeAttributes(object) },
    channel.lowPassHz === undefined
      ? []
      : [xmlNode('frequency', { typeDefinition: 'lowPass' }, String(channel.lowPassHz))],
  );

/** Stream and track formats. A master's stream refers to the pack beside the channel, which BS.2076 does not allow. */
function streamNodes(objects: readonly PlannedObject[], isDolby: boolean): XmlNode[] {
  const pcm = { formatDefinition: 'PCM', formatLabel: '0001' };
  const defined = definedChannels(objects);
  const streams = defined.map(({ object, channel }) =>
    xmlNode(
      'audioStreamFormat',
      { audioStreamFormatID: streamFormatOf(channel), audioStreamFormatName: `PCM_${channel.name}`, ...pcm },
      [
        reference('audioChannelFormatIDRef', channel.id),
        ...(isDolby ? [reference('audioPackFormatIDRef', object.packId)] : []),
        reference('audioTrackFormatIDRef', trackFormatOf(channel)),
      ],
    ),
  );
  const tracks = defined.map(({ channel }) =>
    xmlNode(
      'audioTrackFormat',
      { audioTrackFormatID: trackFormatOf(channel), audioTrackFormatName: `PCM_${channel.name}`, ...pcm },
      [reference('audioStreamFormatIDRef', streamFormatOf(channel))],
    ),
  );
  return [...streams, ...tracks];
}

const trackUidNodes = (objects: readonly PlannedObject[], sampleRateHz: number): XmlNode[] =>
  tracksOf(objects).map(({ object, channel, uid }) =>
    xmlNode('audioTrackUID', { UID: uid, bitDepth, sampleRate: String(sampleRateHz) }, [
      reference('audioTrackFormatIDRef', trackFormatOf(channel)),
      reference('audioPackFormatIDRef', object.packId),
    ]),
  );

/** Elements that stood beside those of the model. */
function otherNodes(scene: Scene): XmlNode[] {
  const written = /^audio(Programme|Content|Object|PackFormat|ChannelFormat)$/;
  return (admExtrasOf(scene)?.nodes ?? []).filter(({ name }) => !written.test(name));
}
