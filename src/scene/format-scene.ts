import { findLayout } from '../layouts/built-in.ts';
import { isLfeLabel } from '../layouts/labels.ts';
import type { Screen } from '../layouts/screen.ts';
import type { ScreenDocument } from '../layouts/screen-schema.ts';
import { formatSeconds } from './block-timing.ts';
import { defaultId } from './check-scene.ts';
import {
  automationDocument,
  channelPositionDocument,
  levelDocument,
  positionOffsetDocument,
  stated,
} from './format-blocks.ts';
import type { AmbisonicBed, AudioObject, Bed, BedChannel, Scene, SceneElement, TrackModes } from './scene.ts';
import type { AmbisonicDocument, BedDocument, ObjectDocument, SceneDocument } from './scene-schema.ts';

/**
 * The document of a scene whose elements have one file each, the way back of `parseScene`: what is at its default is
 * left out. Whether all came through is for `sceneDifferences` to say.
 * @param files name of the file of every element, as seen from the scene file; channels in the order of the element
 */
export function formatScene(scene: Scene, files: readonly string[]): SceneDocument {
  const lists = {
    beds: [] as BedDocument[],
    objects: [] as ObjectDocument[],
    ambisonics: [] as AmbisonicDocument[],
  };
  const names = scene.elements.map(({ name }) => name);
  const isShared = ({ name }: SceneElement): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  for (const [index, element] of scene.elements.entries()) {
    const base = (kind: keyof typeof lists) => {
      const isDefault = element.id === defaultId(kind, lists[kind].length);
      return baseDocument(element, isDefault && !isShared(element) ? undefined : element.id);
    };
    const file = files[index] ?? '';
    if (element.kind === 'bed') lists.beds.push({ ...base('beds'), ...bedDocument(element), file });
    else if (element.kind === 'object')
      lists.objects.push({ ...base('objects'), file, ...objectDocument(element) });
    else lists.ambisonics.push({ ...base('ambisonics'), file, ...ambisonicDocument(element) });
  }
  const { programme, extras } = scene;
  return stated({
    version: 1 as const,
    name: scene.name || undefined,
    programme: stated({
      name: programme.name || undefined,
      language: programme.language || undefined,
      referenceScreen: programme.referenceScreen && screenDocument(programme.referenceScreen),
    }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    order: orderDocument(scene.elements),
    delivery: deliveryDocument(scene),
    extras: Object.keys(extras).length > 0 ? { ...extras } : undefined,
  });
}

function baseDocument(element: SceneElement, id: string | undefined) {
  const { name, gainDb, mute, importance, startSec } = element;
  return stated({
    id,
    name: name || element.id,
    gainDb: levelDocument(gainDb),
    mute: mute || undefined,
    ...modesOf(element),
    importance: importance === undefined ? undefined : Math.round(importance),
    startSec: startSec.numerator === 0n ? undefined : formatSeconds(startSec),
  });
}

const modesOf = ({ binauralMode, trimBypass, headTracking }: Partial<TrackModes>): Partial<TrackModes> =>
  stated({ binauralMode, trimBypass, headTracking });

function bedDocument({ layout: layoutName, channels }: Bed): Partial<BedDocument> {
  const layout = layoutName === undefined ? undefined : findLayout(layoutName);
  const own = layout?.loudspeakers.map(({ label }) => label);
  const labels = channels.map(({ label }) => label);
  const hasLayout = own !== undefined && [...own].sort().join() === [...labels].sort().join();
  const named = hasLayout ? { layout: layout!.aliases[0] ?? layout!.name } : {};
  if (hasLayout && own.join() === labels.join() && channels.every(isPlainChannel))
    return { ...named, channelOrder: 'itu' };
  return { ...named, channels: channels.map(channelDocument) };
}

function isPlainChannel(channel: BedChannel): boolean {
  const { label, position, isLfe, gainDb } = channel;
  const isNamed = position === undefined && isLfe === isLfeLabel(label) && gainDb === 0;
  return isNamed && Object.keys(modesOf(channel)).length === 0;
}

function channelDocument(channel: BedChannel): NonNullable<BedDocument['channels']>[number] {
  const { label, position, isLfe, gainDb } = channel;
  if (isPlainChannel(channel)) return label;
  return stated({
    label,
    position: position && channelPositionDocument(position),
    lfe: isLfe === isLfeLabel(label) ? undefined : isLfe,
    gainDb: levelDocument(gainDb),
    ...modesOf(channel),
  });
}

const objectDocument = (object: AudioObject): Partial<ObjectDocument> =>
  stated({
    ...automationDocument(object),
    positionOffset: object.positionOffset && positionOffsetDocument(object.positionOffset),
  });

const ambisonicDocument = ({ order, normalization }: AmbisonicBed) =>
  stated({ order, normalization: normalization === 'SN3D' ? undefined : normalization });

function orderDocument(elements: readonly SceneElement[]): string[] | undefined {
  const kinds = ['bed', 'object', 'ambisonic'];
  const isUsual = elements.every(
    ({ kind }, index) => index === 0 || kinds.indexOf(kind) >= kinds.indexOf(elements[index - 1]!.kind),
  );
  return isUsual ? undefined : elements.map(({ id }) => id);
}

function screenDocument(screen: Screen): ScreenDocument {
  if (screen.kind === 'polar') {
    const { azimuthDeg, elevationDeg, distance, aspectRatio, widthAzimuthDeg } = screen;
    return { azimuthDeg, elevationDeg, distance, aspectRatio, widthAzimuthDeg };
  }
  const [x, y, z] = screen.centre;
  return { x, y, z, widthX: screen.widthX, aspectRatio: screen.aspectRatio };
}

function deliveryDocument({ delivery }: Scene): SceneDocument['delivery'] {
  const { trims, ...others } = delivery;
  const document = stated({
    trims: Object.keys(trims).length > 0 ? structuredClone(trims) : undefined,
    ...others,
  });
  return Object.keys(document).length > 0 ? document : undefined;
}
