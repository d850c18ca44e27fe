import { cartesianToPolar, type PolarPosition } from '../base/coordinates.ts';
import type { WarningHandler } from '../base/errors.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { readStudioMetadata, type StudioMetadata } from '../io/adm/adm-delivery.ts';
import { admExtrasOf } from '../io/adm/adm-extras.ts';
import { damfExtrasOf } from '../io/damf/damf-extras.ts';
import type { StemInfo } from '../io/scene-reader.ts';
import { openScene } from '../io/stems/open-scene.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { AudioObject, DeliveryMetadata, ObjectBlock, Scene, SceneElement } from '../scene/scene.ts';
import { trajectorySvg } from '../scene/trajectory-svg.ts';
import { resolveLayout } from './scene-job.ts';

/** Where an object goes, in short. */
export interface PathSummary {
  readonly blockCount: number;
  readonly isMoving: boolean;
  /** Smallest and largest of each coordinate. */
  readonly azimuthDeg: readonly [number, number];
  readonly elevationDeg: readonly [number, number];
  readonly distance: readonly [number, number];
  /** Largest width and height of all blocks: degrees, or 0..1 for cartesian blocks. */
  readonly maxWidth: number;
  readonly maxHeight: number;
}

/** One element of a scene, in short. */
export interface ElementSummary {
  readonly kind: SceneElement['kind'];
  readonly name: string;
  readonly channels: readonly string[];
  readonly gainDb: number;
  readonly mute: boolean;
  readonly binauralMode: string | undefined;
  /** Modes of channels of a bed that differ from it, by label. */
  readonly channelModes: Readonly<Record<string, string>> | undefined;
  /** Objects only. */
  readonly path: PathSummary | undefined;
}

/** What an ADM file says beyond its elements. */
export interface AdmSummary {
  /** Version of the document, if it states one. */
  readonly version: string | undefined;
  readonly programme: { readonly id: string | undefined; readonly name: string };
  /** All programmes of the file, the one that was read among them. */
  readonly programmes: readonly { readonly id: string; readonly name: string }[];
  /** Fields of the `dbmd` chunk. */
  readonly dbmd: StudioMetadata | undefined;
}

/** What a master in DAMF says beyond its elements. */
export interface DamfSummary {
  /** Of the format, as the file states it. */
  readonly version: string;
  /** "home", "cinema"; undefined where the file does not say. */
  readonly type: string | undefined;
  /** Program that made it, with its version. */
  readonly creationTool: string | undefined;
  readonly delivery: DeliveryMetadata;
}

/** What a scene or an audio file holds. */
export interface Inspection {
  readonly version: 1;
  readonly file: string;
  readonly kind: 'scene' | 'audio' | 'adm' | 'damf';
  readonly name: string;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly durationSec: number;
  readonly channelCount: number;
  /** The audio files that it is made of. */
  readonly stems: readonly StemInfo[];
  /** What rendering would make of it. */
  readonly elements: readonly ElementSummary[];
  /** ADM files only. */
  readonly adm: AdmSummary | undefined;
  /** Masters in DAMF only. */
  readonly damf: DamfSummary | undefined;
}

/** Options of `inspectFile`. */
export interface InspectOptions {
  /** Writes a picture of the object trajectories here. */
  readonly svg?: string | undefined;
  readonly overwrite?: boolean | undefined;
  readonly layout?: string | undefined;
  /** Programme of an ADM file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  readonly allowOutside?: boolean | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** Says what is in a scene or an audio file. @throws SceneError or FormatError for bad input */
export async function inspectFile(file: string, options: InspectOptions = {}): Promise<Inspection> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const onWarning = options.onWarning ?? (() => {});
  const layout = options.layout === undefined ? undefined : resolveLayout(options.layout);
  const { allowOutside, programme } = options;
  const reader = await openScene(file, { kernels, layout, programme, allowOutside, onWarning });
  await reader.close();
  const { scene, sampleRateHz, frameCount } = reader;
  if (options.svg !== undefined) {
    await writeFileAtomically(options.svg, trajectorySvg(scene), { overwrite: options.overwrite });
  }
  const adm = summarizeAdm(scene, file);
  const damf = summarizeDamf(scene);
  return {
    version: 1,
    file,
    kind: /\.json$/i.test(file) ? 'scene' : adm ? 'adm' : damf ? 'damf' : 'audio',
    name: scene.name,
    sampleRateHz,
    frameCount,
    durationSec: frameCount / sampleRateHz,
    channelCount: reader.channelCount,
    stems: reader.stems,
    elements: scene.elements.map(summarizeElement),
    adm,
    damf,
  };
}

/** Faults of the chunk were told when the file was opened. */
const quiet = (): void => {};

function summarizeAdm(scene: Scene, file: string): AdmSummary | undefined {
  const extras = admExtrasOf(scene);
  if (!extras) return undefined;
  const programmes = extras.nodes.filter(({ name }) => name === 'audioProgramme');
  return {
    version: extras.version,
    programme: { id: extras.programmeId, name: scene.programme.name },
    programmes: programmes.map(({ attributes }) => ({
      id: attributes.audioProgrammeID ?? '',
      name: attributes.audioProgrammeName ?? '',
    })),
    dbmd:
      extras.dbmd === undefined
        ? undefined
        : readStudioMetadata(Buffer.from(extras.dbmd, 'base64'), file, quiet),
  };
}

function summarizeDamf(scene: Scene): DamfSummary | undefined {
  const extras = damfExtrasOf(scene);
  if (!extras) return undefined;
  const { type, creationTool, creationToolVersion } = extras.presentation;
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const tool = [text(creationTool), text(creationToolVersion)].filter((part) => part !== undefined);
  return {
    version: extras.version,
    type: text(type),
    creationTool: tool.length > 0 ? tool.join(' ') : undefined,
    delivery: scene.delivery,
  };
}

function summarizeElement(element: SceneElement): ElementSummary {
  const { kind, name, gainDb, mute, binauralMode } = element;
  return {
    kind,
    name,
    channels: elementChannels(element),
    gainDb,
    mute,
    binauralMode,
    channelModes: channelModes(element),
    path: element.kind === 'object' ? summarizePath(element) : undefined,
  };
}

function channelModes(element: SceneElement): Record<string, string> | undefined {
  if (element.kind !== 'bed') return undefined;
  const own = element.channels.flatMap(({ label, binauralMode }): [string, string][] =>
    binauralMode === undefined ? [] : [[label, binauralMode]],
  );
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

function elementChannels(element: SceneElement): string[] {
  switch (element.kind) {
    case 'bed':
      return element.channels.map((channel) => channel.label);
    case 'object':
      return ['mono'];
    case 'ambisonic':
      return Array.from({ length: (element.order + 1) ** 2 }, (_, index) => `ACN${index}`);
  }
}

function summarizePath(object: AudioObject): PathSummary {
  const positions = object.blocks.map(polarOf);
  const range = (pick: (position: PolarPosition) => number): [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (const position of positions) {
      low = Math.min(low, pick(position));
      high = Math.max(high, pick(position));
    }
    return [low, high];
  };
  const azimuthDeg = range((position) => position.azimuthDeg);
  const elevationDeg = range((position) => position.elevationDeg);
  const distance = range((position) => position.distance);
  return {
    blockCount: object.blocks.length,
    isMoving: [azimuthDeg, elevationDeg, distance].some(([low, high]) => high - low > 1e-9),
    azimuthDeg,
    elevationDeg,
    distance,
    maxWidth: object.blocks.reduce((widest, block) => Math.max(widest, block.width), 0),
    maxHeight: object.blocks.reduce((highest, block) => Math.max(highest, block.height), 0),
  };
}

const polarOf = ({ position }: ObjectBlock): PolarPosition =>
  position.kind === 'polar' ? position : cartesianToPolar(position.xyz);
