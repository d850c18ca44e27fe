import { SceneError } from '../base/errors.ts';
import { isLfeLabel } from '../layouts/labels.ts';
import type { Layout } from '../layouts/layout.ts';
import { buildScreen } from '../layouts/build-screen.ts';
import { buildObjectBlocks } from './build-blocks.ts';
import { buildChannelPosition, buildPositionOffset } from './build-positions.ts';
import { exactSeconds, zeroSec } from './block-timing.ts';
import { canonicalLabels } from './check-bed.ts';
import { defaultId, sceneIssues } from './check-scene.ts';
import { formatPath, schemaIssues, withoutFaults } from './document-issues.ts';
import type { LocatedIssue, Pruned } from './document-issues.ts';
import type { BedChannel, DeliveryMetadata, ElementBase, LayoutTrim, Scene, SceneElement } from './scene.ts';
import { sceneDocumentSchema } from './scene-schema.ts';
import type {
  AmbisonicDocument,
  BedDocument,
  FileChannelOrder,
  ObjectDocument,
  SceneDocument,
} from './scene-schema.ts';
import { bedLayout, isLayoutFile } from './side-files.ts';
import type { SideFiles } from './side-files.ts';

/** Where an element's tracks come from. File names are as written, relative to the scene file. */
export type StemSource =
  /** One file holds all channels, in the order of the element's channels if `inSceneOrder`. */
  | {
      readonly kind: 'interleaved';
      readonly file: string;
      readonly inSceneOrder: boolean;
      readonly channelOrder: FileChannelOrder | undefined;
    }
  /** One channel of a file, counted from 0; undefined if the document leaves it to the file being mono. */
  | { readonly kind: 'channel'; readonly file: string; readonly channel: number | undefined }
  /** One mono file a channel, in the order of the element's channels. */
  | {
      readonly kind: 'mono-files';
      readonly files: readonly { readonly file: string; readonly path: string }[];
    }
  /** One mono file a channel; the star of the pattern stands for the channel's label. */
  | { readonly kind: 'pattern'; readonly pattern: string };

/** The audio of one element. */
export interface StemReference {
  readonly elementIndex: number;
  /** Place in the document, for messages: "objects[3].file". */
  readonly path: string;
  /** Whether the document says where the audio starts; if not, the files' time stamps do. */
  readonly startIsGiven: boolean;
  readonly source: StemSource;
}

/** A scene and where its audio lies. */
export interface ParsedScene {
  readonly scene: Scene;
  /** One for each element, in their order. */
  readonly stems: readonly StemReference[];
  /** The stereo master that the document names, as written. */
  readonly stereoMaster: string | undefined;
}

/** Options of `parseScene`. */
export interface ParseSceneOptions {
  /** Name of the scene if the document gives none. Default "scene". */
  readonly name?: string | undefined;
  /** File that the document comes from, for messages. */
  readonly file?: string | undefined;
  /** Texts of the files that `sideFilesOf` names. */
  readonly sideFiles?: SideFiles | undefined;
}

/**
 * Turns a scene document (parsed JSON) into a scene and the references to its audio.
 * @throws SceneError 'scene-invalid', whose `issues` are all faults of the document
 */
export function parseScene(document: unknown, options: ParseSceneOptions = {}): ParsedScene {
  const sideFiles = options.sideFiles ?? new Map<string, string>();
  const issues = allIssues(document, sideFiles);
  if (issues.length > 0) {
    const count = issues.length === 1 ? '1 fault' : `${issues.length} faults`;
    const list = issues.map(({ path, message }) => `  ${path === '' ? 'document' : path}: ${message}`);
    const message = `the scene has ${count}:\n${list.join('\n')}`;
    throw new SceneError('scene-invalid', message, {
      file: options.file,
      issues: issues.map(({ code, path, message: text }) => ({ code, path, message: text })),
    });
  }
  return buildScene(document as SceneDocument, options.name ?? 'scene', sideFiles);
}

/** Faults of the schema, and faults of the other rules in what the schema leaves standing. */
function allIssues(document: unknown, sideFiles: SideFiles): LocatedIssue[] {
  const schemaFaults = schemaIssues(sceneDocumentSchema, document);
  const remains = withoutFaults(document, schemaFaults);
  if (remains === undefined) return schemaFaults;
  const followsFault = (issue: LocatedIssue): boolean =>
    schemaFaults.some(({ location }) => issue.location.every((key, index) => location[index] === key));
  const others = sceneIssues(remains as Pruned<SceneDocument>, sideFiles).filter(
    (issue) => !followsFault(issue),
  );
  return [...schemaFaults, ...others];
}

/** An element of a document with its audio. */
interface BuiltElement {
  readonly element: SceneElement;
  readonly stem: Omit<StemReference, 'elementIndex'>;
}

function buildScene(document: SceneDocument, fallbackName: string, sideFiles: SideFiles): ParsedScene {
  const built = inOrder(
    [
      ...(document.beds ?? []).map((bed, index) => buildBed(bed, index, sideFiles)),
      ...(document.objects ?? []).map((object, index) => buildObject(object, index, sideFiles)),
      ...(document.ambisonics ?? []).map(buildAmbisonicBed),
    ],
    document.order,
  );
  const name = document.name ?? fallbackName;
  const scene: Scene = {
    version: 1,
    name,
    programme: {
      name: document.programme?.name ?? name,
      language: document.programme?.language,
      referenceScreen: document.programme?.referenceScreen && buildScreen(document.programme.referenceScreen),
    },
    elements: built.map(({ element }) => element),
    delivery: buildDelivery(document.delivery),
    extras: document.extras ?? {},
  };
  const stems = built.map(({ stem }, elementIndex) => ({ ...stem, elementIndex }));
  return { scene, stems, stereoMaster: document.stereoMaster };
}

function inOrder(built: readonly BuiltElement[], order: readonly string[] | undefined): BuiltElement[] {
  if (!order) return [...built];
  const byId = new Map(built.map((entry) => [entry.element.id, entry]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

function buildBed(bed: BedDocument, index: number, sideFiles: SideFiles): BuiltElement {
  const layout = bed.layout === undefined ? undefined : bedLayout(bed.layout, sideFiles);
  const channels = bedChannels(bed, layout);
  const base = elementBase(bed, defaultId('beds', index));
  const key = bed.file !== undefined ? 'file' : bed.files ? 'files' : 'pattern';
  return {
    element: { ...base, kind: 'bed', layout: layout?.name, channels },
    stem: {
      path: `beds[${index}].${key}`,
      startIsGiven: bed.startSec !== undefined,
      source: bedSource(bed, layout, channels, index),
    },
  };
}

function buildObject(object: ObjectDocument, index: number, sideFiles: SideFiles): BuiltElement {
  return {
    element: {
      ...elementBase(object, defaultId('objects', index)),
      kind: 'object',
      positionOffset: object.positionOffset && buildPositionOffset(object.positionOffset),
      blocks: buildObjectBlocks(object, sideFiles),
    },
    stem: {
      path: `objects[${index}].file`,
      startIsGiven: object.startSec !== undefined,
      source: { kind: 'channel', file: object.file, channel: zeroBased(object.channel) },
    },
  };
}

function buildAmbisonicBed(ambisonic: AmbisonicDocument, index: number): BuiltElement {
  const { order, normalization = 'SN3D', file, startSec } = ambisonic;
  const base = elementBase(ambisonic, defaultId('ambisonics', index));
  return {
    element: { ...base, kind: 'ambisonic', order, normalization },
    stem: {
      path: `ambisonics[${index}].file`,
      startIsGiven: startSec !== undefined,
      source: { kind: 'interleaved', file, inSceneOrder: true, channelOrder: undefined },
    },
  };
}

const zeroBased = (channel: number | undefined): number | undefined =>
  channel === undefined ? undefined : channel - 1;

function elementBase(element: BedDocument | ObjectDocument | AmbisonicDocument, ownId: string): ElementBase {
  return {
    id: element.id ?? ownId,
    name: element.name,
    gainDb: levelOf(element.gainDb),
    mute: element.mute ?? false,
    binauralMode: element.binauralMode,
    trimBypass: element.trimBypass,
    headTracking: element.headTracking,
    importance: element.importance,
    startSec: element.startSec === undefined ? zeroSec : exactSeconds(element.startSec),
  };
}

/** A gain as documents write it: left out is 0 dB, null is silence. */
const levelOf = (gainDb: number | null | undefined): number => (gainDb === null ? -Infinity : (gainDb ?? 0));

function bedChannels(bed: BedDocument, layout: Layout | undefined): BedChannel[] {
  const stated = statedChannels(bed, layout);
  const labels = canonicalLabels(
    stated.map(({ label }) => label),
    layout,
  );
  return stated.map(({ position, lfe, gainDb, binauralMode, trimBypass, headTracking }, index) => ({
    label: labels[index] ?? '',
    position: position && buildChannelPosition(position),
    isLfe: lfe ?? isLfeLabel(labels[index] ?? ''),
    gainDb: levelOf(gainDb),
    binauralMode,
    trimBypass,
    headTracking,
  }));
}

type StatedChannel = Exclude<NonNullable<BedDocument['channels']>[number], string>;

function statedChannels(bed: BedDocument, layout: Layout | undefined): StatedChannel[] {
  if (bed.channels) {
    return bed.channels.map((channel) => (typeof channel === 'string' ? { label: channel } : channel));
  }
  if (!layout) return Object.keys(bed.files ?? {}).map((label) => ({ label }));
  // The labels of built-in layouts say where they are; those of layout files are free.
  const ownPositions = bed.layout !== undefined && isLayoutFile(bed.layout);
  return layout.loudspeakers.map(({ label, isLfe, azimuthDeg, elevationDeg }) => ({
    label,
    lfe: isLfe,
    position: ownPositions ? { azimuthDeg, elevationDeg } : undefined,
  }));
}

function bedSource(
  bed: BedDocument,
  layout: Layout | undefined,
  channels: readonly BedChannel[],
  index: number,
): StemSource {
  if (bed.file !== undefined) {
    const { file, channelOrder } = bed;
    return { kind: 'interleaved', file, inSceneOrder: bed.channels !== undefined, channelOrder };
  }
  if (bed.pattern !== undefined) return { kind: 'pattern', pattern: bed.pattern };
  const keys = Object.keys(bed.files ?? {});
  const labels = canonicalLabels(keys, layout);
  const files = channels.map(({ label }) => {
    const key = keys[labels.indexOf(label)] ?? '';
    return { file: bed.files?.[key] ?? '', path: formatPath(['beds', index, 'files', key]) };
  });
  return { kind: 'mono-files', files };
}

const trimDefaults: LayoutTrim = Object.freeze({
  automatic: true,
  centreDb: 0,
  surroundDb: 0,
  heightDb: 0,
  overheadFloorBalance: 0,
  listenerBalance: 0,
});

function buildDelivery(delivery: SceneDocument['delivery']): DeliveryMetadata {
  const trims = Object.entries(delivery?.trims ?? {}).filter(([, trim]) => trim !== undefined);
  return {
    trims: Object.fromEntries(trims.map(([layout, trim]) => [layout, { ...trimDefaults, ...trim }])),
    warpMode: delivery?.warpMode,
    downmixType: delivery?.downmixType,
    phaseShift90: delivery?.phaseShift90,
    frameRate: delivery?.frameRate,
    firstFrameOfActionSec: delivery?.firstFrameOfActionSec,
  };
}
