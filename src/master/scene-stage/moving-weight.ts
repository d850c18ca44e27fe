import { cartesianToPolar, type Vec3 } from '../../base/coordinates.ts';
import { cubeToPolar } from '../../base/cube-coordinates.ts';
import { radToDeg } from '../../base/units.ts';
import { distance, dot } from '../../math/vec3.ts';
import { directionBetween, directionOf } from '../../scene/object-direction.ts';
import { objectSegments, type ObjectSegment } from '../../scene/object-timing.ts';
import type { AudioObject, ObjectBlock, ObjectPosition } from '../../scene/scene.ts';
import type { DirectionWeight } from './group-query.ts';

/** Samples between those at which weights are worked out; grids count from sample 0 of the scene. */
export const weightGridSamples = 64;

/** Of straight lines in the cube: a degree at the walls. */
const leastStep = 0.0175;

/** Weight of an object that moves, or that could. */
export interface MovingWeight {
  /** See `GroupMembers.fillWeights`. */
  fill(startSample: number, frameCount: number, weights: Float32Array): void;
  reset(): void;
}

/** Weight of a position as it stands. */
function weightOf(position: ObjectPosition, weigh: DirectionWeight): number {
  const { azimuthDeg, elevationDeg } = position.kind === 'polar' ? position : cubeToPolar(position.xyz);
  return weigh(azimuthDeg, elevationDeg);
}

/** Weight on the way from one position to another. @param share 0..1 */
function weightBetween(
  from: ObjectPosition,
  to: ObjectPosition,
  share: number,
  weigh: DirectionWeight,
): number {
  const direction: Vec3 = directionBetween(from, to, directionOf(from), directionOf(to), share);
  const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
  return weigh(azimuthDeg, elevationDeg);
}

const shareAt = ({ startSample, endSample, startWeight, endWeight }: ObjectSegment, sample: number): number =>
  Math.min(
    1,
    startWeight + ((endWeight - startWeight) * Math.max(0, sample - startSample)) / (endSample - startSample),
  );

/**
 * Weight of an object over time: that of its direction as renderers have it, at every sample of a grid, and linear
 * between. Where no block covers a sample the next one counts, behind the last that one.
 */
export function createMovingWeight(
  object: AudioObject,
  sampleRateHz: number,
  weigh: DirectionWeight,
): MovingWeight {
  const segments = objectSegments(object, sampleRateHz);
  const restingWeight = createRestingWeights(weigh);
  let iterator = segments();
  let current: ObjectSegment | undefined;
  let last = object.blocks[0]!;
  /** Grid sample, from 0, of the weights below; -1 before the first. */
  let grid = -1;
  let [weight, nextWeight] = [0, 0];

  const weightAt = (sample: number): number => {
    while (!current || current.endSample <= sample) {
      const { value, done } = iterator.next();
      if (done) return restingWeight(last);
      current = value;
      last = current.to;
    }
    const { from, to } = current;
    return from === to
      ? restingWeight(to)
      : weightBetween(from.position, to.position, shareAt(current, sample), weigh);
  };
  const moveTo = (wanted: number): void => {
    if (wanted === grid) return;
    weight = wanted === grid + 1 && grid >= 0 ? nextWeight : weightAt(wanted * weightGridSamples);
    nextWeight = weightAt((wanted + 1) * weightGridSamples);
    grid = wanted;
  };

  return {
    fill(startSample, frameCount, weights) {
      for (let n = 0; n < frameCount;) {
        const sample = startSample + n;
        moveTo(Math.max(0, Math.floor(sample / weightGridSamples)));
        const offset = Math.max(0, sample - grid * weightGridSamples);
        const end =
          sample < 0
            ? Math.min(frameCount, -startSample)
            : Math.min(frameCount, n + weightGridSamples - offset);
        const slope = sample < 0 ? 0 : (nextWeight - weight) / weightGridSamples;
        for (let k = 0; n < end; n++, k++) weights[n] = weight + slope * (offset + k);
      }
    },
    reset() {
      iterator = segments();
      current = undefined;
      last = object.blocks[0]!;
      grid = -1;
    },
  };
}

/** Weights of blocks at rest; those of the one asked for last is kept. */
function createRestingWeights(weigh: DirectionWeight): (block: ObjectBlock) => number {
  let known: ObjectBlock | undefined;
  let weight = 0;
  return (block) => {
    if (block !== known) {
      weight = weightOf(block.position, weigh);
      known = block;
    }
    return weight;
  };
}

/** Least and greatest weight of an object over the whole scene; where both are the same it keeps its weight. */
export function weightRange(
  object: AudioObject,
  sampleRateHz: number,
  weigh: DirectionWeight,
): readonly [least: number, greatest: number] {
  let least = Infinity;
  let greatest = -Infinity;
  const take = (weight: number): void => {
    least = Math.min(least, weight);
    greatest = Math.max(greatest, weight);
  };
  const restingWeight = createRestingWeights(weigh);
  for (const segment of objectSegments(object, sampleRateHz)()) {
    const { from, to, startSample, endSample } = segment;
    take(restingWeight(to));
    if (from === to) continue;
    const stepCount = Math.min(
      stepsBetween(from.position, to.position),
      Math.ceil((endSample - startSample) / weightGridSamples),
    );
    for (let step = 0; step < stepCount; step++)
      take(weightBetween(from.position, to.position, step / stepCount, weigh));
  }
  // An object whose blocks are all empty of time stays where the first is.
  if (greatest < least) take(restingWeight(object.blocks[0]!));
  return [least, greatest];
}

/** Steps of a degree at most between directions; straight lines may pass near the listener and take finer ones. */
function stepsBetween(from: ObjectPosition, to: ObjectPosition): number {
  if (from.kind === 'cartesian' && to.kind === 'cartesian')
    return Math.ceil(distance(from.xyz, to.xyz) / leastStep);
  const cosine = dot(directionOf(from), directionOf(to));
  return Math.ceil(radToDeg(Math.acos(Math.max(-1, Math.min(1, cosine)))));
}
