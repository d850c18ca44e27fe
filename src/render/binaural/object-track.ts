import type { Vec3 } from '../../base/coordinates.ts';
import { dbToGain } from '../../base/units.ts';
import { dot } from '../../math/vec3.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import { directionBetween } from '../../scene/object-direction.ts';
import { objectSegments, type ObjectSegment } from '../../scene/object-timing.ts';
import { isPoint, isSamePlacement, placementBetween, placementOf, type Placement } from './placement.ts';

/** One object on its way through the programme. */
export interface ObjectTrack {
  /** Whether the object stays where it is. */
  readonly isStatic: boolean;
  /** Whether it is a single direction at all times. */
  readonly isPoint: boolean;
  /**
   * Writes the object's audio with its gains over time; silent where no block covers it. Calls go forward.
   * @param startSample sample of the scene that `input[0]` is
   */
  applyGains(startSample: number, frameCount: number, input: Float32Array, output: Float32Array): void;
  /** Whether all of these frames sound as they are; then there is no need to apply gains. Calls go forward. */
  passes(startSample: number, frameCount: number): boolean;
  /**
   * Placement at a sample, at most 4096 before the gains written last; where no block covers it, that of the next
   * one. Calls go forward.
   */
  placementAt(sample: number): Placement;
  /** Direction of that placement; its own array while the object rests, else the given one. */
  directionAt(sample: number, output: [number, number, number]): Vec3;
  reset(): void;
}

/** The current hop of every track of the scene. */
export type Tracks = readonly Float32Array[];

/** An object that needs more than fixed filters. */
export interface TrackedSource {
  readonly track: ObjectTrack;
  readonly trackIndex: number;
  /** Linear; not in the track's gains. */
  readonly gain: number;
}

/** A stretch with its placements, and the arc between them: NaN where it is no great circle. */
interface Stretch extends ObjectSegment {
  readonly fromPlacement: Placement;
  readonly toPlacement: Placement;
  readonly arcRad: number;
  /** 1 / sin(arcRad) */
  readonly arcScale: number;
}

/** How far back placements may be asked for behind the gains. */
const lookBackSamples = 4096;

/** Shortest and longest arcs along which directions move by angle. */
const leastArcRad = 1e-3;
const mostArcRad = 3.1;

/** A track that rests at a placement and sounds as it is. */
export const createRestingTrack = (placement: Placement): ObjectTrack => ({
  isStatic: true,
  isPoint: isPoint(placement),
  applyGains: (_startSample, frameCount, input, output) => output.set(input.subarray(0, frameCount)),
  passes: () => true,
  placementAt: () => placement,
  directionAt: () => placement.direction,
  reset: () => undefined,
});

/** @param gain linear, on top of the blocks' own gains */
export function createObjectTrack(object: AudioObject, sampleRateHz: number, gain: number): ObjectTrack {
  const placements = new Map<ObjectBlock, Placement>();
  const placement = (block: ObjectBlock): Placement => {
    let known = placements.get(block);
    if (!known) placements.set(block, (known = placementOf(block)));
    return known;
  };
  const first = placement(object.blocks[0]!);
  const start = objectSegments(object, sampleRateHz);
  let segments = start();
  /** Stretches that are not over yet, as far as they have been asked for. */
  const queue: Stretch[] = [];
  let last: Placement = first;

  /** Pulls stretches until one reaches beyond a sample. */
  function pullUntil(sample: number): void {
    while (queue.length === 0 || queue[queue.length - 1]!.endSample <= sample) {
      const next = segments.next();
      if (next.done) return;
      queue.push(stretchOf(next.value, placement));
    }
  }

  /** The stretch that covers a sample or, where none does, the next one; undefined behind the last. */
  function stretchAt(sample: number): Stretch | undefined {
    pullUntil(sample);
    for (const stretch of queue) if (stretch.endSample > sample) return stretch;
    return undefined;
  }

  /** Pulls the stretches of these samples, and lets go those that nobody asks for any more. */
  function moveOn(startSample: number, endSample: number): void {
    pullUntil(endSample);
    while (queue.length > 0 && queue[0]!.endSample <= startSample - lookBackSamples)
      last = queue.shift()!.toPlacement;
  }

  const restingPlacement = (): Placement => (queue.length > 0 ? queue[queue.length - 1]!.toPlacement : last);

  return {
    isStatic: object.blocks.every((block) => isSamePlacement(placement(block), first)),
    isPoint: object.blocks.every((block) => isPoint(placement(block))),
    applyGains(startSample, frameCount, input, output) {
      const endSample = startSample + frameCount;
      moveOn(startSample, endSample);
      output.fill(0, 0, frameCount);
      for (const stretch of queue) {
        if (stretch.startSample >= endSample) break;
        if (stretch.endSample <= startSample) continue;
        // Integers by `| 0`: the end may be infinite, and indices that might be so cost five times as much.
        const from = Math.max(0, stretch.startSample - startSample) | 0;
        const to = Math.min(frameCount, stretch.endSample - startSample) | 0;
        const gainFrom = gain * dbToGain(stretch.from.gainDb);
        const gainTo = gain * dbToGain(stretch.to.gainDb);
        if (gainFrom === gainTo) scaleInto(input, from, to, gainTo, output);
        else {
          const slope =
            (gainTo - gainFrom) * (weightAt(stretch, startSample + 1) - weightAt(stretch, startSample));
          const start = gainFrom + (gainTo - gainFrom) * weightAt(stretch, startSample + from);
          for (let n = from; n < to; n++) output[n] = input[n]! * (start + slope * (n - from));
        }
      }
    },
    passes(startSample, frameCount) {
      const endSample = startSample + frameCount;
      moveOn(startSample, endSample);
      let coveredSample = gain === 1 ? startSample : Infinity;
      for (const stretch of queue) {
        if (stretch.endSample <= coveredSample) continue;
        if (stretch.startSample > coveredSample || stretch.from.gainDb !== 0 || stretch.to.gainDb !== 0)
          return false;
        coveredSample = stretch.endSample;
        if (coveredSample >= endSample) return true;
      }
      return false;
    },
    placementAt(sample) {
      const stretch = stretchAt(sample);
      if (!stretch) return restingPlacement();
      const { from, to, fromPlacement, toPlacement } = stretch;
      if (from === to) return toPlacement;
      return placementBetween(from, to, fromPlacement, toPlacement, shareAt(stretch, sample));
    },
    directionAt(sample, output) {
      const stretch = stretchAt(sample);
      if (!stretch) return restingPlacement().direction;
      if (stretch.from === stretch.to) return stretch.toPlacement.direction;
      return writeDirection(stretch, shareAt(stretch, sample), output);
    },
    reset() {
      segments = start();
      queue.length = 0;
      last = first;
    },
  };
}

function stretchOf(segment: ObjectSegment, placement: (block: ObjectBlock) => Placement): Stretch {
  const fromPlacement = placement(segment.from);
  const toPlacement = placement(segment.to);
  const isLine = segment.from.position.kind === 'cartesian' && segment.to.position.kind === 'cartesian';
  const angleRad = Math.acos(Math.max(-1, Math.min(1, dot(fromPlacement.direction, toPlacement.direction))));
  const isArc = !isLine && angleRad > leastArcRad && angleRad < mostArcRad;
  const arcScale = 1 / Math.sin(angleRad);
  const { startSample, endSample, from, to, startWeight, endWeight } = segment;
  const arcRad = isArc ? angleRad : NaN;
  // Field by field: audio reads stretches at every step, and spread objects are slow.
  return {
    startSample,
    endSample,
    from,
    to,
    startWeight,
    endWeight,
    fromPlacement,
    toPlacement,
    arcRad,
    arcScale,
  };
}

/** How far a ramp is gone at a sample of it or behind it. */
function weightAt({ startSample, endSample, startWeight, endWeight }: ObjectSegment, sample: number): number {
  return startWeight + ((endWeight - startWeight) * (sample - startSample)) / (endSample - startSample);
}

/** The same, for samples before it too, 0 .. 1. */
const shareAt = (segment: ObjectSegment, sample: number): number =>
  Math.min(1, sample <= segment.startSample ? segment.startWeight : weightAt(segment, sample));

/** Direction on the way through a stretch. */
function writeDirection(stretch: Stretch, share: number, output: [number, number, number]): Vec3 {
  const a = stretch.fromPlacement.direction;
  const b = stretch.toPlacement.direction;
  const { arcRad, arcScale } = stretch;
  if (Number.isNaN(arcRad)) return directionBetween(stretch.from.position, stretch.to.position, a, b, share);
  const near = Math.sin((1 - share) * arcRad) * arcScale;
  const far = Math.sin(share * arcRad) * arcScale;
  output[0] = near * a[0] + far * b[0];
  output[1] = near * a[1] + far * b[1];
  output[2] = near * a[2] + far * b[2];
  return output;
}

/** The hop of a track with its gains: the input where it sounds as it is, else written to the output. */
export function hopOf(
  track: ObjectTrack,
  startSample: number,
  input: Float32Array,
  output: Float32Array,
): Float32Array {
  if (track.passes(startSample, input.length)) return input;
  track.applyGains(startSample, input.length, input, output);
  return output;
}

/** Copies a stretch with a gain. */
function scaleInto(input: Float32Array, from: number, to: number, gain: number, output: Float32Array): void {
  if (gain === 1) output.set(input.subarray(from, to), from);
  else for (let n = from; n < to; n++) output[n] = input[n]! * gain;
}
