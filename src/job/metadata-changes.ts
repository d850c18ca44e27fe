import { trimLayouts, type LayoutTrim } from '../scene/scene.ts';
import type { ElementMetadata, FileMetadata } from './metadata-file.ts';

/** A field that has another value than before. Undefined is what the file does not hold. */
export interface MetadataChange {
  readonly field:
    | 'programmeName'
    | 'frameRate'
    | 'firstFrameOfAction'
    | 'downmixType'
    | 'phaseShift90'
    | 'warpMode'
    | 'trim'
    | 'elementName'
    | 'binauralMode';
  /** What it is of, where there are several: a layout class, an element, "ELEMENT LABEL" for a channel of a bed. */
  readonly of: string | undefined;
  readonly before: string | LayoutTrim | undefined;
  readonly after: string | LayoutTrim | undefined;
}

/** All fields in which metadata of the same elements differ. */
export function metadataChanges(before: FileMetadata, after: FileMetadata): MetadataChange[] {
  const changes: MetadataChange[] = [];
  const compare = (
    field: MetadataChange['field'],
    pick: (metadata: FileMetadata) => MetadataChange['before'],
    of?: string,
  ): void => {
    const [old, made] = [pick(before), pick(after)];
    if (!isSame(old, made)) changes.push({ field, of, before: old, after: made });
  };
  compare('programmeName', ({ programme }) => programme?.name);
  compare('frameRate', ({ frameRate }) => frameRate);
  compare('firstFrameOfAction', firstFrameText);
  compare('downmixType', ({ downmixType }) => downmixType);
  compare('phaseShift90', ({ phaseShift90 }) => phaseShift90);
  compare('warpMode', ({ warpMode }) => warpMode);
  for (const layout of trimLayouts) compare('trim', ({ trims }) => trims?.[layout], layout);
  for (const [index, element] of before.elements.entries()) {
    compare('elementName', ({ elements }) => elements[index]?.name, element.name);
    for (const [channel, { label }] of element.channels.entries()) {
      const of = element.channels.length > 1 ? `${element.name} ${label}` : element.name;
      compare('binauralMode', ({ elements }) => modeOf(elements[index], channel), of);
    }
  }
  return changes;
}

/** The first frame of action as its timecode, else as seconds; undefined where there is none. */
export const firstFrameText = ({ firstFrameOfAction: first }: FileMetadata): string | undefined =>
  first && (first.timecode ?? `${first.timeSec.toFixed(5)} s`);

const modeOf = (element: ElementMetadata | undefined, channel: number): string | undefined =>
  element?.channels[channel]?.binauralMode;

/** Trims that are automatic are the same, whatever stands behind them. */
function isSame(a: MetadataChange['before'], b: MetadataChange['before']): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (a.automatic && b.automatic) return true;
  return (Object.keys(a) as (keyof LayoutTrim)[]).every((key) => Object.is(a[key], b[key]));
}
