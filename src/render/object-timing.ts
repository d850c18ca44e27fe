import { SceneError } from '../base/errors.ts';
import {
  addRational,
  compareRational,
  rationalToSamplesCeil,
  rationalToSec,
  type RationalSeconds,
} from '../base/time.ts';
import type { AudioObject, ObjectBlock } from '../scene/scene.ts';

/**
 * A stretch of an object over which its gains are constant (`from` is `to`) or move linearly. The gains at
 * sample n are those of `from` times 1 - w plus those of `to` times w, where w goes linearly from `startWeight`
 * at `startSample` to `endWeight` at `endSample`.
 */
export interface ObjectSegment {
  /** First sample of the scene that it covers. */
  readonly startSample: number;
  /** First sample after it; Infinity for the end of the scene. */
  readonly endSample: number;
  readonly from: ObjectBlock;
  readonly to: ObjectBlock;
  /** 0 where the block starts on a sample, a little more where it starts between two. */
  readonly startWeight: number;
  /** 1 where the ramp ends on a sample, a little more where it ends between two. */
  readonly endWeight: number;
}

/**
 * Ramp into a last block without duration: the standard interpolates over the whole block, which here never
 * ends. The length is ours; short enough to be a jump, long enough not to click.
 */
const openBlockRampSec: RationalSeconds = { numerator: 1n, denominator: 100n };

/**
 * Stretches of an object in order of time; samples that none covers are silent. A block moves from the values of
 * the one before only where it starts exactly where that one ends: over its whole length, or over its
 * interpolation length with jumpPosition. BS.2127-1 clauses 6.2 and 7.2 (times are exact, first sample =
 * ceiling).
 * @throws SceneError "blocks-overlap" or "interpolation-too-long", when the block is reached
 */
export function* objectSegments(object: AudioObject, sampleRateHz: number): Generator<ObjectSegment> {
  let previous: { readonly block: ObjectBlock; readonly endSec: RationalSeconds | undefined } | undefined;
  for (const [index, block] of object.blocks.entries()) {
    const startSec = addRational(object.startSec, block.startSec);
    const endSec = block.durationSec && addRational(startSec, block.durationSec);
    const gap = previous?.endSec ? compareRational(startSec, previous.endSec) : -1;
    if (previous && gap < 0) throw overlapError(object, index);

    const rampSec = rampLengthOf(block);
    if (block.durationSec && compareRational(rampSec, block.durationSec) > 0) {
      throw interpolationError(object, index, rampSec, block.durationSec);
    }
    const moves = previous !== undefined && gap === 0;
    const targetSec = moves ? addRational(startSec, rampSec) : startSec;
    const startSample = rationalToSamplesCeil(startSec, sampleRateHz);
    const targetSample = rationalToSamplesCeil(targetSec, sampleRateHz);
    const endSample = endSec ? rationalToSamplesCeil(endSec, sampleRateHz) : Infinity;

    if (moves && targetSample > startSample) {
      yield {
        startSample,
        endSample: targetSample,
        from: previous!.block,
        to: block,
        startWeight: weightAt(startSample, startSec, rampSec, sampleRateHz),
        endWeight: weightAt(targetSample, startSec, rampSec, sampleRateHz),
      };
    }
    if (endSample > targetSample) {
      yield { startSample: targetSample, endSample, from: block, to: block, startWeight: 0, endWeight: 1 };
    }
    previous = { block, endSec };
  }
}

function rampLengthOf(block: ObjectBlock): RationalSeconds {
  if (block.jumpPosition) return block.interpolationLengthSec ?? { numerator: 0n, denominator: 1n };
  return block.durationSec ?? openBlockRampSec;
}

/** How far a ramp is gone at a sample; exact before the last division. */
function weightAt(
  sample: number,
  startSec: RationalSeconds,
  rampSec: RationalSeconds,
  sampleRateHz: number,
): number {
  const sinceStart = addRational(
    { numerator: BigInt(sample), denominator: BigInt(sampleRateHz) },
    { numerator: -startSec.numerator, denominator: startSec.denominator },
  );
  return rationalToSec({
    numerator: sinceStart.numerator * rampSec.denominator,
    denominator: sinceStart.denominator * rampSec.numerator,
  });
}

const overlapError = (object: AudioObject, index: number): SceneError =>
  new SceneError(
    'blocks-overlap',
    `object "${object.id}": block ${index} starts before block ${index - 1} ends`,
    {
      path: `${object.id}.blocks[${index}].startSec`,
    },
  );

const interpolationError = (
  object: AudioObject,
  index: number,
  rampSec: RationalSeconds,
  durationSec: RationalSeconds,
): SceneError =>
  new SceneError(
    'interpolation-too-long',
    `object "${object.id}": block ${index} interpolates over ${rationalToSec(rampSec)} s, its duration of ${rationalToSec(durationSec)} s is the most`,
    { path: `${object.id}.blocks[${index}].interpolationLengthSec` },
  );
