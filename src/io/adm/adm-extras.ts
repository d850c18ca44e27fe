import type { Scene } from '../../scene/scene.ts';
import { normalizeId } from './adm-values.ts';
import type { AdmDocument } from './axml.ts';
import type { AdmElement } from './adm-elements.ts';
import type { XmlNode } from './xml-tree.ts';

/**
 * What a scene keeps of the ADM file that it was read from (`extras.adm`), so that a writer can put back what the scene
 * does not say: loudness metadata, labels, interaction ranges, alternative value sets and all else. Plain data.
 */
export interface AdmExtras {
  /** As the document states it: "ITU-R_BS.2076-2". */
  readonly version: string | undefined;
  /** ID of the programme that was read. */
  readonly programmeId: string | undefined;
  /** All elements but those that only tie tracks to channels; channel formats without their blocks. */
  readonly nodes: readonly XmlNode[];
  /** Where each element comes from, by its ID in the scene. */
  readonly elements: Readonly<Record<string, AdmElementSource>>;
  /** The `dbmd` chunk, base64. */
  readonly dbmd: string | undefined;
}

/** Where an element of a scene comes from. IDs are upper case. */
export interface AdmElementSource {
  /** The audioObject within its objects, outermost first. */
  readonly objectIds: readonly string[];
  readonly packId: string;
  readonly channels: readonly AdmChannelSource[];
}

/** Where a channel of an element comes from. */
export interface AdmChannelSource {
  readonly channelId: string;
  /** Undefined for silence. */
  readonly uid: string | undefined;
  /** What blocks hold that the scene does not say: [block, elements]. */
  readonly unknown: readonly (readonly [blockIndex: number, nodes: readonly XmlNode[]])[];
}

/** Collects what a scene keeps of its file. */
export function collectExtras(
  document: AdmDocument,
  programme: XmlNode | undefined,
  elements: readonly AdmElement[],
  dbmd: Uint8Array | undefined,
): AdmExtras {
  const { version, programmes, contents, objects, packs, channels, others } = document;
  const programmeId = programme?.attributes.audioProgrammeID;
  return {
    version,
    programmeId: programmeId === undefined ? undefined : normalizeId(programmeId),
    nodes: [
      ...programmes.values(),
      ...contents.values(),
      ...objects.values(),
      ...packs.values(),
      ...[...channels.values()].map(({ node }) => node),
      ...others,
    ],
    elements: Object.fromEntries(elements.map((made) => [made.element.id, sourceOf(made, document)])),
    dbmd: dbmd && Buffer.from(dbmd).toString('base64'),
  };
}

/** What a scene that was read from an ADM file keeps of it; undefined for other scenes. */
export function admExtrasOf({ extras }: Pick<Scene, 'extras'>): AdmExtras | undefined {
  const { adm } = extras;
  return typeof adm === 'object' && adm !== null && 'nodes' in adm ? (adm as AdmExtras) : undefined;
}

function sourceOf({ item, channels }: AdmElement, document: AdmDocument): AdmElementSource {
  return {
    objectIds: item.objects.map(({ attributes }) => normalizeId(attributes.audioObjectID ?? '')),
    packId: item.packId,
    channels: channels.map(({ channelId, track }) => ({
      channelId,
      uid: track?.uid,
      unknown: document.channels.get(channelId)?.unknown ?? [],
    })),
  };
}
