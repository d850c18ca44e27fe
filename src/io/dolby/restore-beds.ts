import { findLayout } from '../../layouts/built-in.ts';
import type { AudioObject, Bed, BedChannel, SceneElement } from '../../scene/scene.ts';
import { cubePositionOfLabel, parseBedObjectName } from './dolby-bed.ts';

/** An element of a scene that is read, and what feeds its tracks, in their order. */
export interface FedElement {
  readonly element: SceneElement;
  readonly channels: readonly unknown[];
}

/**
 * Puts beds together again that were divided into a bed and static objects to fit a studio master. Objects count only
 * with the reserved name, at the very place and unmoved; else all stays as it is.
 */
export function restoreBeds<Fed extends FedElement>(elements: readonly Fed[]): Fed[] {
  const beds = elements.filter(({ element }) => element.kind === 'bed');
  const taken = new Set<Fed>();
  const restored = new Map<Fed, Fed>();
  for (const [index, bed] of beds.entries()) {
    const parts = elements.filter(({ element }) => parseBedObjectName(element.name)?.number === index + 1);
    const made = restoreBed(bed, parts.filter(isStaticPart));
    if (!made) continue;
    restored.set(bed, made);
    for (const part of parts) taken.add(part);
  }
  return elements.filter((made) => !taken.has(made)).map((made) => restored.get(made) ?? made);
}

const toleratedDifference = 1e-6;

function isStaticPart({ element }: FedElement): boolean {
  if (element.kind !== 'object' || element.blocks.length !== 1 || element.mute) return false;
  const expected = cubePositionOfLabel(parseBedObjectName(element.name)!.label);
  const { position } = element.blocks[0]!;
  return (
    expected !== undefined &&
    position.kind === 'cartesian' &&
    position.xyz.every((coordinate, axis) => Math.abs(coordinate - expected[axis]!) <= toleratedDifference)
  );
}

function restoreBed<Fed extends FedElement>(made: Fed, parts: readonly Fed[]): Fed | undefined {
  const bed = made.element as Bed;
  const layout = findLayout(parts[0] ? parseBedObjectName(parts[0].element.name)!.layout : '');
  if (!layout) return undefined;
  const channels: BedChannel[] = [];
  const sources: unknown[] = [];
  let fromObjects = 0;
  for (const { label } of layout.loudspeakers) {
    const index = bed.channels.findIndex((own) => own.label === label);
    const part = parts.find(({ element }) => parseBedObjectName(element.name)!.label === label);
    if (part) {
      channels.push(channelOf(part.element as AudioObject, label, bed));
      sources.push(part.channels[0]);
      fromObjects++;
    } else if (index >= 0) {
      channels.push(bed.channels[index]!);
      sources.push(made.channels[index]);
    } else return undefined;
  }
  if (fromObjects !== parts.length) return undefined;
  return { ...made, element: { ...bed, layout: layout.name, channels }, channels: sources };
}

function channelOf(object: AudioObject, label: string, bed: Bed): BedChannel {
  const channel = {
    label,
    position: undefined,
    isLfe: false,
    gainDb: object.gainDb + object.blocks[0]!.gainDb,
  };
  // The trim bypass is the writer's, so that the part folds as the bed's other channels do.
  const { binauralMode, headTracking } = object;
  return {
    ...channel,
    ...(binauralMode === bed.binauralMode ? {} : { binauralMode }),
    ...(headTracking === bed.headTracking ? {} : { headTracking }),
  };
}
