import type { Vec3 } from '../../base/coordinates.ts';
import { polarToCube } from '../../base/cube-coordinates.ts';
import { dolbyBeds, type DolbyBedChannel } from '../../layouts/dolby-beds.ts';
import { nominalPosition } from '../../layouts/labels.ts';
import type { Bed, BedChannel } from '../../scene/scene.ts';

/**
 * Beds as studio masters may have them: channels of these sets, in this order. What a bed has beyond its set goes into
 * static objects, named so that a reader can put the bed together again.
 */

/** A bed divided; no channels where all are objects. Indices are those of its channels. */
export interface DividedBed {
  /** Channels of the set; an index of undefined means silence. */
  readonly channels: readonly { readonly format: DolbyBedChannel; readonly index: number | undefined }[];
  /** Channels that become static objects, and where these stand. */
  readonly objects: readonly { readonly index: number; readonly xyz: Vec3 }[];
}

/** Divides a bed; undefined where a channel fits no set and has no place. */
export function divideBed({ channels }: Bed): DividedBed | undefined {
  const indexOf = ({ label }: DolbyBedChannel): number | undefined => {
    const index = channels.findIndex((own) => own.label === label && !own.position);
    return index < 0 ? undefined : index;
  };
  const countOf = (set: readonly DolbyBedChannel[]): number =>
    set.filter((format) => indexOf(format) !== undefined).length;
  let best = dolbyBeds.reduce((first, set) => (countOf(set) > countOf(first) ? set : first));
  const isLeft = (set: readonly DolbyBedChannel[], index: number): boolean =>
    !set.some((format) => indexOf(format) === index);
  const hasOtherTops = channels.some(({ label }, index) => label.startsWith('U') && isLeft(best, index));
  // With heights beside it a bed is 7.1.2, as studios have it, if its top pair is silent.
  if (hasOtherTops && best.length >= 7 && !best.some(({ label }) => label === 'U+090'))
    best = best.some(({ label }) => label === 'LFE1') ? dolbyBeds.at(-1)! : dolbyBeds.at(-2)!;
  const objects: { index: number; xyz: Vec3 }[] = [];
  for (const [index, own] of channels.entries()) {
    if (!isLeft(best, index)) continue;
    const xyz = own.isLfe ? undefined : cubePositionOf(own);
    if (!xyz) return undefined;
    objects.push({ index, xyz });
  }
  if (countOf(best) === 0) return { channels: [], objects };
  return { channels: best.map((format) => ({ format, index: indexOf(format) })), objects };
}

/** Place of a bed channel in the cube; its four upper corners stand on those of the cube. BS.2127-1 table 3. */
function cubePositionOf({ label, position }: BedChannel): Vec3 | undefined {
  if (position && 'xyz' in position) return position.xyz;
  if (position) return polarToCube(position);
  const nominal = nominalPosition(label);
  if (!nominal) return undefined;
  const { azimuthDeg, elevationDeg } = nominal;
  const isCorner = elevationDeg === 30 && [45, 135].includes(Math.abs(azimuthDeg));
  if (isCorner) return [azimuthDeg > 0 ? -1 : 1, Math.abs(azimuthDeg) === 45 ? 1 : -1, 1];
  if (elevationDeg === 30 && Math.abs(azimuthDeg) === 90) return [azimuthDeg > 0 ? -1 : 1, 0, 1];
  return polarToCube({ azimuthDeg, elevationDeg, distance: 1 });
}

/** Name of the static object of a bed's channel: "4+7+0 bed 1 U+045". @param number of the bed in the file, from 1 */
export const bedObjectName = (layout: string, number: number, label: string): string =>
  `${layout} bed ${number} ${label}`;

/** What `bedObjectName` was made of. */
export function parseBedObjectName(
  name: string,
): { readonly layout: string; readonly number: number; readonly label: string } | undefined {
  const match = /^(\d\+\d+\+\d) bed (\d+) ([A-Z]+[+-](?:\d{3}|SC))$/.exec(name);
  return match ? { layout: match[1]!, number: Number(match[2]), label: match[3]! } : undefined;
}

/** Place of a bed channel of a label that has no other. */
export const cubePositionOfLabel = (label: string): Vec3 | undefined =>
  cubePositionOf({ label, position: undefined, isLfe: false, gainDb: 0 });

/** Layouts that beds of studio masters have, by their channels. */
const studioLayouts: readonly (readonly [layout: string, labels: string])[] = [
  ['0+2+0', 'M+030 M-030'],
  ['0+5+0', 'M+030 M-030 M+000 LFE1 M+110 M-110'],
  ['0+7+0', 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135'],
  ['2+7+0', 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+090 U-090'],
];

/** Layout of a bed of a studio master with these channels; undefined where it has another. */
export function masterBedLayout(channels: readonly BedChannel[]): string | undefined {
  const labels = channels.map(({ label }) => label).join(' ');
  return studioLayouts.find(([, known]) => known === labels)?.[0];
}
