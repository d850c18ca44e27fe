import type { WarningHandler } from '../../base/errors.ts';
import { addRational, type RationalSeconds } from '../../base/time.ts';
import { elementDefaults } from '../../scene/make-scene.ts';
import { zeroSec } from '../../scene/block-timing.ts';
import type { ElementBase, PositionOffset } from '../../scene/scene.ts';
import type { AdmItem } from './adm-items.ts';
import { attributeTime, childFlag, childGainDb, isTrue, parseNumber, type Place } from './adm-values.ts';
import type { AdmDocument } from './axml.ts';
import { childOf, childrenOf, type XmlNode } from './xml-tree.ts';

/** What building elements needs. */
export interface BuildContext {
  readonly document: AdmDocument;
  readonly onWarning: WarningHandler;
}

/** What the audioObjects around a pack say of it. */
export interface ObjectValues {
  readonly startSec: RationalSeconds;
  readonly durationSec: RationalSeconds | undefined;
  readonly endSec: RationalSeconds | undefined;
  readonly positionOffset: PositionOffset | undefined;
  /** What all elements have. */
  base(id: string): ElementBase;
}

/**
 * Reads the values of an object within its objects: gains add up, one mute mutes, the least importance counts, times are
 * those of the innermost. BS.2076-2 clause 5.6, BS.2127-1 clause 5.2.7. What is not done comes with a warning.
 */
export function objectValues(item: AdmItem, { document, onWarning }: BuildContext): ObjectValues {
  const { file } = document;
  const { objects, packId } = item;
  const leaf = objects.at(-1);
  const leafPlace = placeOf(file, leaf);
  const startSec = leaf ? (timeOf(leaf, ['start', 'startTime'], leafPlace) ?? zeroSec) : zeroSec;
  const durationSec = leaf && attributeTime(leaf, 'duration', leafPlace);
  const pack = document.packs.get(packId);
  warnOfUnheard(objects, file, onWarning);
  const importances = [...objects, ...(pack ? [pack] : [])].flatMap(({ attributes }) =>
    attributes.importance === undefined
      ? []
      : [parseNumber(attributes.importance, 'importance', leafPlace, 0, 10)],
  );
  const gainDb = objects.reduce((sum, node) => sum + childGainDb(node, placeOf(file, node)), 0);
  const name = leaf?.attributes.audioObjectName ?? pack?.attributes.audioPackFormatName ?? packId;
  return {
    startSec,
    durationSec,
    endSec: durationSec && addRational(startSec, durationSec),
    positionOffset: leaf && parsePositionOffset(leaf, leafPlace),
    base: (id) => ({
      ...elementDefaults,
      id,
      name,
      gainDb,
      mute: objects.some((node) => childFlag(node, 'mute')),
      importance: importances.length > 0 ? Math.min(...importances) : undefined,
      startSec,
    }),
  };
}

const placeOf = (file: string, node: XmlNode | undefined): Place => ({
  file,
  path: node?.attributes.audioObjectID ?? 'audioObject',
});

function timeOf(node: XmlNode, names: readonly string[], place: Place): RationalSeconds | undefined {
  const name = names.find((candidate) => node.attributes[candidate] !== undefined);
  return name === undefined ? undefined : attributeTime(node, name, place);
}

function parsePositionOffset(node: XmlNode, place: Place): PositionOffset | undefined {
  const nodes = childrenOf(node, 'positionOffset');
  if (nodes.length === 0) return undefined;
  const values = new Map(
    nodes.map(({ attributes, text }) => {
      const name = (attributes.coordinate ?? '').toLowerCase();
      return [name, parseNumber(text, `positionOffset ${name}`, place, -3600, 3600)];
    }),
  );
  const value = (name: string): number => values.get(name) ?? 0;
  if (['x', 'y', 'z'].some((name) => values.has(name)))
    return { kind: 'cartesian', xyz: [value('x'), value('y'), value('z')] };
  return {
    kind: 'polar',
    azimuthDeg: value('azimuth'),
    elevationDeg: value('elevation'),
    distance: value('distance'),
  };
}

/** Things an object may ask for that no renderer here does; they stay in the scene's extras. */
function warnOfUnheard(objects: readonly XmlNode[], file: string, onWarning: WarningHandler): void {
  const leaf = objects.at(-1);
  if (!leaf) return;
  const id = leaf.attributes.audioObjectID ?? '';
  const warn = (code: string, what: string): void =>
    onWarning({ code, message: `${file}: ${id}: ${what}`, file, path: id });
  if (childOf(leaf, 'alternativeValueSet')) {
    warn(
      'adm-alternative-values',
      'alternative value sets are kept and not used; the values of the object count',
    );
  }
  if (objects.some((node) => isTrue(childOf(node, 'headLocked')?.text))) {
    warn('adm-head-locked', 'is head-locked; its binaural render turns with the room like all others');
  }
  if (objects.slice(0, -1).some((node) => childOf(node, 'positionOffset'))) {
    warn('adm-outer-offset', 'the position offset of an outer object is not used');
  }
}
