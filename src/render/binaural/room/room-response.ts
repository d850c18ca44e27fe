import { cartesianToPolar, type Vec3 } from '../../../base/coordinates.ts';
import { dbToGain } from '../../../base/units.ts';
import type { HrtfInterpolator } from '../../../hrtf/hrtf-interpolator.ts';
import { designEarFilters, earGain, pointPlacement, type EarFilters } from '../ear-filters.ts';
import { imageSources } from './image-sources.ts';
import { roomModes, type RoomMode } from './room-modes.ts';

/** The early reflections of a source in a direction (unit vector), as heard by both ears. */
export function designReflections(
  interpolator: HrtfInterpolator,
  direction: Vec3,
  mode: RoomMode,
  baseDelaySamples: number,
): EarFilters {
  return imageSources(direction, mode).reduce<EarFilters>((sum, image) => {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(image.direction);
    const delaySamples = image.delaySec * interpolator.hrtf.sampleRateHz;
    const wholeSamples = Math.floor(delaySamples);
    const filters = designEarFilters(
      interpolator,
      pointPlacement(azimuthDeg, elevationDeg),
      baseDelaySamples + delaySamples - wholeSamples,
      earGain,
    );
    return addFilters(sum, filters, image.gain, wholeSamples);
  }, emptyFilters);
}

const emptyFilters: EarFilters = { left: new Float32Array(0), right: new Float32Array(0) };

/** Sum of filters, the second ones with a gain and so many samples later. */
export function addFilters(a: EarFilters, b: EarFilters, gain: number, delaySamples = 0): EarFilters {
  const sumOf = (first: Float32Array, second: Float32Array): Float32Array => {
    const sum = new Float32Array(Math.max(first.length, second.length + delaySamples));
    sum.set(first);
    for (let n = 0; n < second.length; n++) sum[n + delaySamples]! += gain * second[n]!;
    return sum;
  };
  return { left: sumOf(a.left, b.left), right: sumOf(a.right, b.right) };
}

/** Sum over both ears of the products of two responses. */
export function productOf(a: EarFilters, b: EarFilters): number {
  let sum = 0;
  for (const ear of ['left', 'right'] as const)
    for (let n = 0; n < Math.min(a[ear].length, b[ear].length); n++) sum += a[ear][n]! * b[ear][n]!;
  return sum;
}

/** Gives the late gain of a source in a mode with its reflections. */
export type LateGain = (mode: RoomMode, reflections: EarFilters) => number;

/**
 * Works out by how much a source must feed the late reverberation for its mode's ratio of direct to reverberant
 * energy: that of the direct sound of a source in front against reflections and late response together.
 * @param late response of both ears to a unit impulse
 */
export function designLateGain(interpolator: HrtfInterpolator, late: EarFilters): LateGain {
  const front = designEarFilters(interpolator, pointPlacement(0, 0), frontDelaySamples, earGain);
  const frontEnergy = productOf(front, front);
  const lateEnergy = productOf(late, late);
  return (mode, reflections) => {
    const wanted = frontEnergy / dbToGain(roomModes[mode].directToReverberantDb) ** 2;
    const both = productOf(reflections, late) / lateEnergy;
    const missing = (wanted - productOf(reflections, reflections)) / lateEnergy;
    return Math.max(0, Math.sqrt(Math.max(0, both * both + missing)) - both);
  };
}

/** A delay with which the whole response of a source in front is in its filters. */
const frontDelaySamples = 64;
