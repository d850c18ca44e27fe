import { dbToGain, radToDeg } from '../../base/units.ts';
import { distance } from '../../math/vec3.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import { isSamePlacement, placementBetween, placementOf, type Placement } from '../binaural/placement.ts';
import { objectSegments, type ObjectSegment } from '../../scene/object-timing.ts';
import type { GainRamp } from '../ramp-player.ts';
import { diffuseSignalCount, type DiffuseGainWriter } from './diffuse-encoder.ts';
import type { PlacementEncoder } from './placement-encoder.ts';

/** Longest way, in degrees, that one linear ramp may stand for: at order 7 it loses less than 0.1 dB. */
const longestStepDeg = 2;

/** Shortest ramp; a jump that is faster fades from the old place to the new one. */
const shortestStepSamples = 64;

/**
 * Ambisonic gain ramps of an object. BS.2127 ramps loudspeaker gains linearly between blocks; linear ramps
 * between harmonics of far directions would dip in level and blur, so that a movement is cut into steps of at
 * most 2 degrees (and no shorter than 64 samples) along the way that the object takes. Nothing is yielded for
 * gaps, which are silent.
 * @param outputCount length of the gains
 * @param encode gains of a placement
 * @param objectGain linear, on top of the blocks' own
 * @param writeDiffuse gains of the diffuse part, which then lie in the last `diffuseSignalCount` outputs and, as in
 * BS.2127, go linearly between blocks; without it, the whole object is encoded as if it were direct
 * @param startSample where ramps are needed from on: of those that end before it few are made, all others are the same
 */
export function* objectRamps(
  object: AudioObject,
  sampleRateHz: number,
  outputCount: number,
  encode: PlacementEncoder,
  objectGain: number,
  writeDiffuse?: DiffuseGainWriter,
  startSample = 0,
): Generator<GainRamp> {
  let last: SegmentEnd | undefined;
  for (const segment of segmentsFrom(objectSegments(object, sampleRateHz)(), startSample)) {
    const { startSample: firstSample, endSample, from, to, startWeight, endWeight } = segment;
    const placementFrom = last?.block === from ? last.placement : placementOf(from);
    const placementTo = from === to ? placementFrom : placementOf(to);
    const directShare = (block: ObjectBlock): number => (writeDiffuse ? Math.sqrt(1 - block.diffuse) : 1);
    const fromGain = dbToGain(from.gainDb) * directShare(from);
    const toGain = dbToGain(to.gainDb) * directShare(to);
    const addDiffuse = writeDiffuse && diffuseBlend(from, to, objectGain, writeDiffuse);
    const gainsAt = (share: number): Float64Array => {
      const weight = startWeight + (endWeight - startWeight) * share;
      const gain = objectGain * (fromGain * (1 - weight) + toGain * weight);
      const placement = placementBetween(from, to, placementFrom, placementTo, Math.min(1, weight));
      const gains = new Float64Array(outputCount);
      encode(placement, gains);
      for (let output = 0; output < outputCount; output++) gains[output]! *= gain;
      addDiffuse?.(weight, gains.subarray(outputCount - diffuseSignalCount));
      return gains;
    };
    const lengthSamples = endSample - firstSample;
    const stepCount = stepsOf(segment, placementFrom, placementTo);
    const startGains = startWeight === 0 && last?.block === from ? last.gains : undefined;
    let previous = { sample: firstSample, gains: startGains ?? gainsAt(0) };
    for (let step = 1; step <= stepCount; step++) {
      const isLast = step === stepCount;
      const sample = isLast ? endSample : firstSample + Math.round((lengthSamples * step) / stepCount);
      const gains =
        from === to ? previous.gains : gainsAt(isLast ? 1 : (sample - firstSample) / lengthSamples);
      yield {
        startSample: previous.sample,
        endSample: sample,
        gainsStart: previous.gains,
        gainsEnd: gains,
      };
      previous = { sample, gains };
    }
    last = { block: to, placement: placementTo, gains: endWeight === 1 ? previous.gains : undefined };
  }
}

/** Segments that matter from a sample on; of those before it the last movement and what follows, whose gains go on. */
function* segmentsFrom(segments: Iterable<ObjectSegment>, sample: number): Generator<ObjectSegment> {
  let before: ObjectSegment[] = [];
  for (const segment of segments) {
    if (segment.endSample > sample) {
      yield* before;
      before = [];
      yield segment;
    } else if (segment.from === segment.to) before.push(segment);
    else before = [segment];
  }
}

/** What the end of a segment leaves for the next one, which mostly begins there. */
interface SegmentEnd {
  readonly block: ObjectBlock;
  readonly placement: Placement;
  /** Gains of the block itself; undefined where the segment ends beside it, between two samples. */
  readonly gains: Float64Array | undefined;
}

/** Makes the function that writes the gains of the diffuse part between two blocks, at the weight of the second. */
function diffuseBlend(
  from: ObjectBlock,
  to: ObjectBlock,
  objectGain: number,
  writeDiffuse: DiffuseGainWriter,
): ((weight: number, gains: Float64Array) => void) | undefined {
  if (from.diffuse === 0 && to.diffuse === 0) return undefined;
  const before = new Float64Array(diffuseSignalCount);
  writeDiffuse(from, objectGain, before);
  if (from === to) return (_weight, gains) => gains.set(before);
  const after = new Float64Array(diffuseSignalCount);
  writeDiffuse(to, objectGain, after);
  return (weight, gains) => {
    for (let signal = 0; signal < diffuseSignalCount; signal++)
      gains[signal] = before[signal]! + weight * (after[signal]! - before[signal]!);
  };
}

/** Number of linear ramps that a segment takes. */
function stepsOf(segment: ObjectSegment, from: Placement, to: Placement): number {
  if (segment.from === segment.to || isSamePlacement(from, to)) return 1;
  const middle = placementBetween(segment.from, segment.to, from, to, 0.5);
  const wayDeg = angleDeg(from, middle) + angleDeg(middle, to);
  const growthDeg = Math.max(
    Math.abs(to.widthDeg - from.widthDeg) / 2,
    Math.abs(to.heightDeg - from.heightDeg) / 2,
    Math.abs(to.divergence - from.divergence) * Math.max(to.divergenceDeg, from.divergenceDeg),
    Math.abs(to.divergenceDeg - from.divergenceDeg),
  );
  const wanted = Math.ceil((wayDeg + growthDeg) / longestStepDeg);
  const possible = Math.floor((segment.endSample - segment.startSample) / shortestStepSamples);
  return Math.max(1, Math.min(wanted, possible));
}

const angleDeg = (a: Placement, b: Placement): number =>
  2 * radToDeg(Math.asin(Math.min(1, distance(a.direction, b.direction) / 2)));
