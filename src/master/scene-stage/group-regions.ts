import type { RegionName } from './group-schema.ts';

/**
 * Weight at so many degrees outside of a range: 1 within (0 and below), a raised cosine down to 0 over the edge.
 * @param edgeDeg above 0
 */
export function edgeWeight(outsideDeg: number, edgeDeg: number): number {
  if (outsideDeg <= 0) return 1;
  return outsideDeg >= edgeDeg ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * outsideDeg) / edgeDeg);
}

/** Degrees by which an azimuth lies outside of the range that runs anticlockwise; a full turn holds all of them. */
export function outsideAzimuthDeg(azimuthDeg: number, [fromDeg, toDeg]: readonly [number, number]): number {
  const spanDeg = toDeg - fromDeg >= 360 ? 360 : turn(toDeg - fromDeg);
  const sinceDeg = turn(azimuthDeg - fromDeg);
  return sinceDeg <= spanDeg ? 0 : Math.min(sinceDeg - spanDeg, 360 - sinceDeg);
}

/** Degrees by which an elevation lies outside of a range. */
export const outsideElevationDeg = (
  elevationDeg: number,
  [fromDeg, toDeg]: readonly [number, number],
): number => Math.max(0, fromDeg - elevationDeg, elevationDeg - toDeg);

/** Brings an angle into 0 to 360 degrees, without 360. */
const turn = (angleDeg: number): number => ((angleDeg % 360) + 360) % 360;

/**
 * Edges of the regions. The layers of BS.2051-3 stand at 0 (up to 15) and at 30 degrees and more, its wide pair at 60
 * and its sides at 90 degrees: so each loudspeaker belongs wholly to one region. What is below the ear counts by its
 * azimuth.
 */
const edges = Object.freeze({
  height: { beginsDeg: 15, wholeDeg: 30 },
  front: { wholeDeg: 60, endsDeg: 90 },
  centre: { wholeDeg: 5, endsDeg: 15 },
});

const heightWeight = (elevationDeg: number): number =>
  edgeWeight(edges.height.wholeDeg - elevationDeg, edges.height.wholeDeg - edges.height.beginsDeg);

const azimuthWeight = (azimuthDeg: number, { wholeDeg, endsDeg }: { wholeDeg: number; endsDeg: number }) =>
  edgeWeight(outsideAzimuthDeg(azimuthDeg, [-wholeDeg, wholeDeg]), endsDeg - wholeDeg);

/**
 * Weight 0..1 of a direction in a region. Those of front, surround and height add up to 1 everywhere; the centre is a
 * part of the front.
 */
export function regionWeight(region: RegionName, azimuthDeg: number, elevationDeg: number): number {
  const height = heightWeight(elevationDeg);
  switch (region) {
    case 'height':
      return height;
    case 'front':
      return (1 - height) * azimuthWeight(azimuthDeg, edges.front);
    case 'surround':
      return (1 - height) * (1 - azimuthWeight(azimuthDeg, edges.front));
    case 'centre':
      return (1 - heightWeight(Math.abs(elevationDeg))) * azimuthWeight(azimuthDeg, edges.centre);
  }
}
