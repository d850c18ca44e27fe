import { addRational, compareRational, rationalToSec } from '../base/time.ts';
import { blockTimes, exactSeconds, zeroSec } from './block-timing.ts';
import type { BlockTime } from './block-timing.ts';
import { issueAt } from './document-issues.ts';
import type { DocumentPath, LocatedIssue, Pruned } from './document-issues.ts';
import type { BlockDocument } from './schema-parts.ts';

type Blocks = readonly (Pruned<BlockDocument> | undefined)[];

/** Checks the times of an object's blocks: in order, not overlapping, ramps not longer than their block. */
export function checkBlocks(blocks: Blocks, location: DocumentPath): LocatedIssue[] {
  const times = blockTimes(blocks);
  const issues: LocatedIssue[] = [];
  for (const [index, block] of blocks.entries()) {
    const time = times[index];
    if (!block || !time) continue;
    const at = [...location, index];
    issues.push(...checkRamp(block, time, at));
    const before = times[index - 1];
    if (!before) continue;
    const order = checkOrder(block, blocks[index - 1], time, before, at);
    if (order) issues.push(order);
    else if (glidesForever(block, time, before)) {
      const message =
        'is missing; a block that glides from the one before it has an end (or set "jumpPosition": true)';
      issues.push(issueAt([...at, 'durationSec'], 'block-endless-glide', message));
    }
  }
  return issues;
}

/** End of a block; one that lasts to the end of the scene ends, for this purpose, where it starts. */
const endOf = ({ startSec, durationSec }: BlockTime) => addRational(startSec, durationSec ?? zeroSec);

function checkOrder(
  block: Pruned<BlockDocument>,
  previous: Pruned<BlockDocument> | undefined,
  time: BlockTime,
  before: BlockTime,
  at: DocumentPath,
): LocatedIssue | undefined {
  if (block.startSec === undefined) {
    if (before.durationSec || !previous) return undefined;
    const message = 'is missing; a block after one without durationSec states its start';
    return issueAt([...at, 'startSec'], 'block-start', message);
  }
  const start = rationalToSec(time.startSec);
  if (compareRational(time.startSec, before.startSec) < 0) {
    const message = `found ${start} s, before the start of the block before it (${rationalToSec(before.startSec)} s); blocks are in order of time`;
    return issueAt([...at, 'startSec'], 'block-order', message);
  }
  if (previous?.durationSec === undefined || compareRational(time.startSec, endOf(before)) >= 0)
    return undefined;
  const message = `found ${start} s, inside the block before it (which ends at ${rationalToSec(endOf(before))} s); blocks do not overlap`;
  return issueAt([...at, 'startSec'], 'block-overlap', message);
}

function glidesForever(block: Pruned<BlockDocument>, time: BlockTime, before: BlockTime): boolean {
  if (time.durationSec || block.jumpPosition) return false;
  return before.durationSec !== undefined && compareRational(endOf(before), time.startSec) === 0;
}

function* checkRamp(
  block: Pruned<BlockDocument>,
  time: BlockTime,
  at: DocumentPath,
): Generator<LocatedIssue> {
  if (block.interpolationLengthSec === undefined) return;
  const location = [...at, 'interpolationLengthSec'];
  const length = exactSeconds(block.interpolationLengthSec);
  if (block.jumpPosition !== true) {
    yield issueAt(location, 'block-interpolation', 'found without "jumpPosition": true, which it belongs to');
  } else if (time.durationSec && compareRational(length, time.durationSec) > 0) {
    const message = `found ${rationalToSec(length)} s; allowed: at most the length of the block, ${rationalToSec(time.durationSec)} s`;
    yield issueAt(location, 'block-interpolation', message);
  }
}
