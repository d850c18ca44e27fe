import { dbToGain } from '../../base/units.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import { objectSegments, type ObjectSegment } from '../object-timing.ts';
import { isSamePlacement, placementBetween, placementOf, type Placement } from './placement.ts';

/** One object on its way through the programme. */
export interface ObjectTrack {
  /** Whether the object stays where it is. */
  readonly isStatic: boolean;
  /**
   * Writes the object's audio with its gains over time; silent where no block covers it. Calls go forward.
   * @param startSample sample of the scene that `input[0]` is
   */
  applyGains(startSample: number, frameCount: number, input: Float32Array, output: Float32Array): void;
  /** Placement at a sample; where no block covers it, that of the next one. */
  placementAt(sample: number): Placement;
  reset(): void;
}

/** A track that rests at a placement and sounds as it is. */
export const createRestingTrack = (placement: Placement): ObjectTrack => ({
  isStatic: true,
  applyGains: (_startSample, frameCount, input, output) => output.set(input.subarray(0, frameCount)),
  placementAt: () => placement,
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
  /** Segments that are not over yet, as far as they have been asked for. */
  const queue: ObjectSegment[] = [];
  let last: Placement = first;

  /** Pulls segments until one reaches beyond a sample. */
  function pullUntil(sample: number): void {
    while (queue.length === 0 || queue[queue.length - 1]!.endSample <= sample) {
      const next = segments.next();
      if (next.done) return;
      queue.push(next.value);
    }
  }

  const weightAt = ({ startSample, endSample, startWeight, endWeight }: ObjectSegment, sample: number) =>
    startWeight + ((endWeight - startWeight) * (sample - startSample)) / (endSample - startSample);

  return {
    isStatic: object.blocks.every((block) => isSamePlacement(placement(block), first)),
    applyGains(startSample, frameCount, input, output) {
      const endSample = startSample + frameCount;
      pullUntil(endSample);
      while (queue.length > 0 && queue[0]!.endSample <= startSample) last = placement(queue.shift()!.to);
      output.fill(0, 0, frameCount);
      for (const segment of queue) {
        if (segment.startSample >= endSample) break;
        // Integers by `| 0`: the end may be infinite, and indices that might be so cost five times as much.
        const from = Math.max(0, segment.startSample - startSample) | 0;
        const to = Math.min(frameCount, segment.endSample - startSample) | 0;
        const gainFrom = gain * dbToGain(segment.from.gainDb);
        const gainTo = gain * dbToGain(segment.to.gainDb);
        if (gainFrom === gainTo) scaleInto(input, from, to, gainTo, output);
        else {
          const slope =
            (gainTo - gainFrom) * (weightAt(segment, startSample + 1) - weightAt(segment, startSample));
          const start = gainFrom + (gainTo - gainFrom) * weightAt(segment, startSample + from);
          for (let n = from; n < to; n++) output[n] = input[n]! * (start + slope * (n - from));
        }
      }
    },
    placementAt(sample) {
      pullUntil(sample);
      const segment = queue.find(({ endSample }) => endSample > sample);
      if (!segment) return queue.length > 0 ? placement(queue[queue.length - 1]!.to) : last;
      const { from, to } = segment;
      if (from === to) return placement(to);
      const weight = sample <= segment.startSample ? segment.startWeight : weightAt(segment, sample);
      return placementBetween(from, to, placement(from), placement(to), Math.min(1, weight));
    },
    reset() {
      segments = start();
      queue.length = 0;
      last = first;
    },
  };
}

/** Copies a stretch with a gain. */
function scaleInto(input: Float32Array, from: number, to: number, gain: number, output: Float32Array): void {
  if (gain === 1) output.set(input.subarray(from, to), from);
  else for (let n = from; n < to; n++) output[n] = input[n]! * gain;
}
