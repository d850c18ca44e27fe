import { cartesianToPolar, type Vec3 } from '../../../base/coordinates.ts';
import { dbToGain } from '../../../base/units.ts';
import type { HrtfInterpolator } from '../../../hrtf/hrtf-interpolator.ts';
import { designEarFilters, earGain, pointPlacement, type EarFilters } from '../ear-filters.ts';
import { imageSources } from './image-sources.ts';
import { roomModes, type RoomMode } from './room-modes.ts';

/**
 * Directions from which the room is worked out. A source between them feeds them by the components of its
 * direction, whose squares sum to 1.
 */
export const sectors: readonly Vec3[] = Object.freeze([
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
]);

/** Gain of a sector for a source in a direction (unit vector). */
export const sectorGain = (direction: Vec3, sector: number): number =>
  Math.max(0, direction[sector >> 1]! * (sector & 1 ? -1 : 1));

/** The sector that lies nearest to a direction; of equal ones the first. */
export function nearestSector(direction: Vec3): number {
  let nearest = 0;
  for (let sector = 1; sector < sectors.length; sector++)
    if (sectorGain(direction, sector) > sectorGain(direction, nearest)) nearest = sector;
  return nearest;
}

/** The early reflections of a source in a sector's direction, as heard by both ears. */
export function designReflections(
  interpolator: HrtfInterpolator,
  sector: number,
  mode: RoomMode,
  baseDelaySamples: number,
): EarFilters {
  const { sampleRateHz } = interpolator.hrtf;
  const images = imageSources(sectors[sector]!, mode).map(({ direction, delaySec, gain }) => {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
    return designEarFilters(
      interpolator,
      pointPlacement(azimuthDeg, elevationDeg),
      baseDelaySamples + delaySec * sampleRateHz,
      gain * earGain,
    );
  });
  return {
    left: sumOf(images.map(({ left }) => left)),
    right: sumOf(images.map(({ right }) => right)),
  };
}

function sumOf(filters: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(Math.max(...filters.map(({ length }) => length)));
  for (const filter of filters) for (let n = 0; n < filter.length; n++) sum[n]! += filter[n]!;
  return sum;
}

/** Sum over both ears of the products of two responses. */
export function productOf(a: EarFilters, b: EarFilters): number {
  let sum = 0;
  for (const ear of ['left', 'right'] as const)
    for (let n = 0; n < Math.min(a[ear].length, b[ear].length); n++) sum += a[ear][n]! * b[ear][n]!;
  return sum;
}

/**
 * Gain of the late reverberation with which a mode has its ratio of direct to reverberant energy: that of the
 * direct sound of a source in front against reflections and late response together.
 * @param late response of both ears to a unit impulse
 */
export function lateGain(
  interpolator: HrtfInterpolator,
  mode: RoomMode,
  reflections: EarFilters,
  late: EarFilters,
): number {
  const front = designEarFilters(interpolator, pointPlacement(0, 0), 64, earGain);
  const wanted = productOf(front, front) / dbToGain(roomModes[mode].directToReverberantDb) ** 2;
  const both = productOf(reflections, late) / productOf(late, late);
  const missing = (wanted - productOf(reflections, reflections)) / productOf(late, late);
  return Math.max(0, Math.sqrt(Math.max(0, both * both + missing)) - both);
}
