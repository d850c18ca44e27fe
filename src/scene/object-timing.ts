import { SceneError } from '../base/errors.ts';
import {
  addRational,
  compareRational,
  rationalToSamplesCeil,
  rationalToSec,
  type RationalSeconds,
} from '../base/time.ts';
import type { AudioObject, ObjectBlock } from './scene.ts';

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
export const openBlockRampSec: RationalSeconds = { numerator: 1n, denominator: 100n };

const noTimeSec: RationalSeconds = { numerator: 0n, denominator: 1n };

/** When the blocks of an object begin, have reached their values, and end, in samples of the scene. */
interface BlockSamples {
  /** [block][start, target, end, weight of the ramp at its first sample, weight at its last] */
  readonly values: Float64Array;
  readonly hasRamp: Uint8Array;
}

const valuesPerBlock = 5;

/**
 * The stretches of an object in order of time; samples that none covers are silent. A block moves from the values
 * of the one before only where it starts exactly where that one ends: over its whole length, or over its
 * interpolation length with jumpPosition. BS.2127-1 clauses 6.2 and 7.2 (times are exact, first sample =
 * ceiling). All times are worked out at the call.
 * @param fromSample stretches that end at or before it are left out; default 0
 * @throws SceneError "blocks-overlap" or "interpolation-too-long"
 */
export function objectSegments(
  object: AudioObject,
  sampleRateHz: number,
  fromSample = 0,
): () => Generator<ObjectSegment> {
  const samples = blockSamples(object, sampleRateHz);
  return () => iterateSegments(object.blocks, samples, fromSample);
}

function* iterateSegments(
  blocks: readonly ObjectBlock[],
  { values, hasRamp }: BlockSamples,
  fromSample: number,
): Generator<ObjectSegment> {
  for (let index = 0, at = 0; index < blocks.length; index++, at += valuesPerBlock) {
    const endSample = values[at + 2]!;
    const targetSample = values[at + 1]!;
    if (endSample <= fromSample) continue;
    const to = blocks[index]!;
    if (hasRamp[index] && targetSample > fromSample) {
      const from = blocks[index - 1]!;
      const [startWeight, endWeight] = [values[at + 3]!, values[at + 4]!];
      yield { startSample: values[at]!, endSample: targetSample, from, to, startWeight, endWeight };
    }
    if (endSample > targetSample) {
      yield { startSample: targetSample, endSample, from: to, to, startWeight: 0, endWeight: 1 };
    }
  }
}

function blockSamples(object: AudioObject, sampleRateHz: number): BlockSamples {
  const { blocks } = object;
  const values = new Float64Array(blocks.length * valuesPerBlock);
  const hasRamp = new Uint8Array(blocks.length);
  let previousEndSec: RationalSeconds | undefined;
  for (let index = 0, at = 0; index < blocks.length; index++, at += valuesPerBlock) {
    const block = blocks[index]!;
    const startSec = addRational(object.startSec, block.startSec);
    const endSec = block.durationSec && addRational(startSec, block.durationSec);
    const gap = previousEndSec ? compareRational(startSec, previousEndSec) : -1;
    if (index > 0 && gap < 0) throw overlapError(object, index);

    const rampSec = rampLengthOf(block);
    if (block.durationSec && compareRational(rampSec, block.durationSec) > 0) {
      throw interpolationError(object, index, rampSec, block.durationSec);
    }
    const moves = index > 0 && gap === 0;
    const startSample = gap === 0 ? values[at - 3]! : rationalToSamplesCeil(startSec, sampleRateHz);
    const endSample = endSec ? rationalToSamplesCeil(endSec, sampleRateHz) : Infinity;
    const isWholeBlock = rampSec === block.durationSec;
    const targetSample = !moves
      ? startSample
      : isWholeBlock
        ? endSample
        : rationalToSamplesCeil(addRational(startSec, rampSec), sampleRateHz);
    values[at] = startSample;
    values[at + 1] = targetSample;
    values[at + 2] = endSample;
    if (moves && targetSample > startSample) {
      hasRamp[index] = 1;
      values[at + 3] = weightAt(startSample, startSec, rampSec, sampleRateHz);
      values[at + 4] = weightAt(targetSample, startSec, rampSec, sampleRateHz);
    }
    previousEndSec = endSec;
  }
  return { values, hasRamp };
}

function rampLengthOf(block: ObjectBlock): RationalSeconds {
  if (block.jumpPosition) return block.interpolationLengthSec ?? noTimeSec;
  return block.durationSec ?? openBlockRampSec;
}

/** How far a ramp is gone at a sample; the time since its start is exact. */
function weightAt(
  sample: number,
  startSec: RationalSeconds,
  rampSec: RationalSeconds,
  sampleRateHz: number,
): number {
  const denominator = Number(startSec.denominator);
  const here = sample * denominator;
  const start = Number(startSec.numerator) * sampleRateHz;
  // Whole numbers below 2^53 are exact, and so is their difference.
  const isExact = here <= Number.MAX_SAFE_INTEGER && Math.abs(start) <= Number.MAX_SAFE_INTEGER;
  const sinceStart = isExact
    ? here - start
    : Number(BigInt(sample) * startSec.denominator - startSec.numerator * BigInt(sampleRateHz));
  if (sinceStart === 0) return 0;
  const weight = sinceStart / (denominator * sampleRateHz) / rationalToSec(rampSec);
  // Rounding must not make a ramp that ends on a sample look like one that does not.
  return Math.abs(weight - 1) < 1e-14 ? 1 : weight;
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
