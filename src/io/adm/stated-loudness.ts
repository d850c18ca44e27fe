import type { Scene } from '../../scene/scene.ts';
import type { StatedLoudness } from '../scene-writer.ts';
import { admExtrasOf } from './adm-extras.ts';
import { dbmdSegmentIds, formatDbmd, parseDbmd, type DbmdSegment } from './dbmd.ts';
import { withoutDialnorm } from './dbmd-fields.ts';
import { xmlNode } from './format-values.ts';
import type { XmlNode } from './xml-tree.ts';

/** Name of the element that states loudness (BS.2076-2, 5.9.2). */
export const loudnessName = 'loudnessMetadata';

/** The elements in it, in the order of the standard. */
const fields = {
  integratedLoudness: 'integratedLufs',
  loudnessRange: 'loudnessRangeLu',
  maxTruePeak: 'truePeakMaxDbtp',
  maxMomentary: 'momentaryMaxLufs',
  maxShortTerm: 'shortTermMaxLufs',
} as const satisfies Readonly<Record<string, keyof StatedLoudness>>;

/** Loudness as an audioProgramme states it, to two decimals; of silence nothing. */
export function loudnessNodes(loudness: StatedLoudness): XmlNode[] {
  const figures = Object.entries(fields).flatMap(([name, key]) => {
    const value = loudness[key];
    return value !== undefined && Number.isFinite(value) ? [xmlNode(name, {}, value.toFixed(2))] : [];
  });
  return figures.length > 0 ? [xmlNode(loudnessName, { loudnessMethod: 'ITU-R BS.1770' }, figures)] : [];
}

/** A scene that states no loudness, and where the file that it was read from did so. */
export interface UnstatedLoudness {
  readonly scene: Scene;
  /** "audioProgramme", "dialnorm 27 of dbmd" ... */
  readonly places: readonly string[];
}

/**
 * Takes out all that the ADM file of a scene says of the loudness of its audio, for scenes whose audio is another now:
 * loudnessMetadata of any element; in `dbmd` the dialogue normalisation of Dolby Digital and Dolby Digital Plus, and the
 * segment about the audio.
 */
export function withoutStatedLoudness(scene: Scene): UnstatedLoudness {
  const extras = admExtrasOf(scene);
  if (!extras) return { scene, places: [] };
  const isLoudness = ({ name }: XmlNode): boolean => name === loudnessName;
  const stating = extras.nodes.filter(({ children }) => children.some(isLoudness)).map(({ name }) => name);
  const nodes = extras.nodes.map((node) => ({
    ...node,
    children: node.children.filter((child) => !isLoudness(child)),
  }));
  const studio = extras.dbmd === undefined ? undefined : withoutStudioLoudness(extras.dbmd, scene.name);
  const places = [...new Set(stating), ...(studio?.places ?? [])];
  if (places.length === 0) return { scene, places };
  const adm = { ...extras, nodes, dbmd: studio?.dbmd };
  return { scene: { ...scene, extras: { ...scene.extras, adm } }, places };
}

/** @param dbmd base64 */
function withoutStudioLoudness(dbmd: string, file: string): { dbmd: string; places: string[] } {
  const places: string[] = [];
  // A copy: slices of a Buffer share its memory.
  const parsed = parseDbmd(new Uint8Array(Buffer.from(dbmd, 'base64')), file);
  const segments = parsed.segments.flatMap((segment): DbmdSegment[] => {
    const { id, payload } = segment;
    if (id === dbmdSegmentIds.audioInformation) {
      places.push('the audio information of dbmd');
      return [];
    }
    if (id !== dbmdSegmentIds.digital && id !== dbmdSegmentIds.digitalPlus) return [segment];
    const unstated = withoutDialnorm(payload);
    if (!unstated) return [segment];
    places.push(`dialnorm ${unstated.dialnorm} of dbmd`);
    return [{ id, payload: unstated.payload }];
  });
  return { dbmd: Buffer.from(formatDbmd({ ...parsed, segments })).toString('base64'), places };
}
