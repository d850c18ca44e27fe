import { compareRational } from '../base/time.ts';
import { bedDirections } from './bed-directions.ts';
import { trackCountOf, type AudioObject, type Bed, type ObjectPosition, type Scene } from './scene.ts';

/** Angles that differ by less count as the same, and so do places in the cube that differ by a thousandth of that. */
const sameDeg = 0.5;
const sameInCube = 0.005;

/** Two tracks that mirror each other. */
export type TrackPair = readonly [left: number, right: number];

/**
 * Tracks of a scene that stand left and right of the middle, mirrored: channels of one bed, and objects that mirror each
 * other all the time. Each track is in one pair at most; what stands in the middle is in none.
 */
export function mirroredTracks({ elements }: Scene): TrackPair[] {
  const pairs: TrackPair[] = [];
  const objects: { object: AudioObject; track: number }[] = [];
  let first = 0;
  for (const element of elements) {
    if (element.kind === 'bed')
      pairs.push(...pairsOfBed(element).map(([left, right]): TrackPair => [first + left, first + right]));
    if (element.kind === 'object') objects.push({ object: element, track: first });
    first += trackCountOf(element);
  }
  const taken = new Set<number>();
  for (const { object, track } of objects) {
    if (taken.has(track) || !(sideOf(object) < 0)) continue;
    const right = objects.find((other) => !taken.has(other.track) && areMirrored(object, other.object));
    if (!right) continue;
    taken.add(track).add(right.track);
    pairs.push([track, right.track]);
  }
  return pairs;
}

function pairsOfBed(bed: Bed): TrackPair[] {
  const directions = bedDirections(bed);
  return directions.flatMap((left, index) => {
    if (!left || !(left.azimuthDeg > 0) || left.azimuthDeg >= 180 - sameDeg) return [];
    const right = directions.findIndex(
      (other) =>
        other !== undefined &&
        Math.abs(other.azimuthDeg + left.azimuthDeg) < sameDeg &&
        Math.abs(other.elevationDeg - left.elevationDeg) < sameDeg,
    );
    return right < 0 ? [] : [[index, right] as const];
  });
}

/** Where an object is first: below 0 on the left, 0 in the middle. */
function sideOf({ blocks }: AudioObject): number {
  const position = blocks[0]?.position;
  if (!position) return 0;
  if (position.kind === 'cartesian') return Math.abs(position.xyz[0]) < sameInCube ? 0 : position.xyz[0];
  const { azimuthDeg } = position;
  return Math.min(Math.abs(azimuthDeg), 180 - Math.abs(azimuthDeg)) < sameDeg ? 0 : -azimuthDeg;
}

function areMirrored(left: AudioObject, right: AudioObject): boolean {
  return (
    left.blocks.length === right.blocks.length &&
    compareRational(left.startSec, right.startSec) === 0 &&
    left.blocks.every((block, index) => {
      const other = right.blocks[index]!;
      return (
        compareRational(block.startSec, other.startSec) === 0 && isMirrorImage(block.position, other.position)
      );
    })
  );
}

function isMirrorImage(left: ObjectPosition, right: ObjectPosition): boolean {
  if (left.kind === 'cartesian' && right.kind === 'cartesian')
    return left.xyz.every((value, axis) => {
      const other = right.xyz[axis]!;
      return Math.abs(axis === 0 ? value + other : value - other) < sameInCube;
    });
  if (left.kind === 'polar' && right.kind === 'polar')
    return (
      Math.abs(left.azimuthDeg + right.azimuthDeg) % 360 < sameDeg &&
      Math.abs(left.elevationDeg - right.elevationDeg) < sameDeg &&
      Math.abs(left.distance - right.distance) < sameInCube
    );
  return false;
}
