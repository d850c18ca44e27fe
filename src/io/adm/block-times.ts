import { FormatError } from '../../base/errors.ts';
import { addRational, compareRational, type RationalSeconds } from '../../base/time.ts';
import { subtractRational, zeroSec } from '../../scene/block-timing.ts';
import type { ObjectBlock } from '../../scene/scene.ts';

/** Times are written with five decimals: what is no further apart than two of the last is meant to touch. */
const roundingSec: RationalSeconds = { numerator: 2n, denominator: 100_000n };

/** Blocks whose times fit, and what had to be changed beyond rounding. */
export interface FittedBlocks {
  readonly blocks: readonly ObjectBlock[];
  readonly changes: readonly string[];
}

/**
 * Makes the times of an object's blocks fit: a block without duration lasts to the next one, the last to the end of its
 * object; ends that are off by rounding touch the next block; a block that overlaps the next, or outlasts its object, is
 * cut, and an interpolation is no longer than its block. BS.2127-1 clause 6.2 forbids these.
 * @param durationSec of the object; undefined where it lasts to the end of the scene
 * @throws FormatError 'adm-block-order'
 */
export function fitBlockTimes(
  blocks: readonly ObjectBlock[],
  durationSec: RationalSeconds | undefined,
  place: { readonly file: string; readonly path: string },
): FittedBlocks {
  const changes = new Set<string>();
  const fitted: ObjectBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    const { startSec } = block;
    const next = blocks[index + 1];
    if (next && compareRational(next.startSec, startSec) < 0) {
      const message = `${place.file}: ${place.path}: block ${index + 2} starts before block ${index + 1}; blocks are in order of time`;
      throw new FormatError('adm-block-order', message, { ...place, chunk: 'axml' });
    }
    if (durationSec && fitted.length > 0 && compareRational(startSec, durationSec) >= 0) {
      changes.add('blocks after the end of the object are left out');
      break;
    }
    const limitSec = earliest(next?.startSec, durationSec);
    const ownEndSec = block.durationSec && addRational(startSec, block.durationSec);
    const fittedEndSec = fitEnd(ownEndSec, next?.startSec, limitSec, changes);
    const endSec = fittedEndSec && latest(startSec, fittedEndSec);
    const lengthSec = endSec && subtractRational(endSec, startSec);
    const keepsLength = ownEndSec && endSec && compareRational(ownEndSec, endSec) === 0;
    // Most blocks stay as they are, and there may be very many.
    const timed = keepsLength || (!endSec && !ownEndSec) ? block : { ...block, durationSec: lengthSec };
    fitted.push(fitRamp(timed, changes));
  }
  return { blocks: fitted, changes: [...changes] };
}

function fitEnd(
  ownEndSec: RationalSeconds | undefined,
  nextStartSec: RationalSeconds | undefined,
  limitSec: RationalSeconds | undefined,
  changes: Set<string>,
): RationalSeconds | undefined {
  if (!ownEndSec) return limitSec;
  const touchingSec = nextStartSec && isClose(ownEndSec, nextStartSec) ? nextStartSec : ownEndSec;
  if (!limitSec || compareRational(touchingSec, limitSec) <= 0) return touchingSec;
  if (!isClose(touchingSec, limitSec)) {
    changes.add(
      nextStartSec && compareRational(nextStartSec, limitSec) === 0
        ? 'blocks that overlap the next one are cut'
        : 'blocks that outlast the object are cut',
    );
  }
  return limitSec;
}

/** An interpolation may be off by rounding too; one that is far longer than its block is cut all the same. */
function fitRamp(block: ObjectBlock, changes: Set<string>): ObjectBlock {
  const { interpolationLengthSec: rampSec, durationSec } = block;
  if (!rampSec || !durationSec || compareRational(rampSec, durationSec) <= 0) return block;
  if (!isClose(rampSec, durationSec)) changes.add('interpolations longer than their block are cut');
  return { ...block, interpolationLengthSec: durationSec };
}

function earliest(
  a: RationalSeconds | undefined,
  b: RationalSeconds | undefined,
): RationalSeconds | undefined {
  if (!a || !b) return a ?? b;
  return compareRational(a, b) <= 0 ? a : b;
}

const latest = (a: RationalSeconds, b: RationalSeconds): RationalSeconds =>
  compareRational(a, b) > 0 ? a : b;

function isClose(a: RationalSeconds, b: RationalSeconds): boolean {
  const difference = subtractRational(a, b);
  const size = compareRational(difference, zeroSec) < 0 ? subtractRational(zeroSec, difference) : difference;
  return compareRational(size, roundingSec) <= 0;
}
