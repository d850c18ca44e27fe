import type { ObjectBlock } from '../../scene/scene.ts';
import type { ObjectGainWriter } from './object-gains.ts';

/** Gains of a block of an object; the array holds them until any block but the next is asked for. */
export type BlockGains = (block: ObjectBlock) => Float64Array;

/**
 * Blocks whose gains are computed in one go. A scene's blocks do not fit the caches: read object after object, one
 * block each, every value of them comes from main memory; read one after another they come as they are needed.
 */
const batchCount = 48;

/**
 * Makes the gains of one object's blocks, asked for in order of time, each computed once.
 * @param elementGain linear, on top of the blocks' own
 * @param outputCount length of the arrays, see `ObjectGainWriter`
 */
export function createBlockGains(
  blocks: readonly ObjectBlock[],
  writeGains: ObjectGainWriter,
  elementGain: number,
  outputCount: number,
): BlockGains {
  // One more than a batch: the block before a batch is still needed when the batch begins.
  const slotCount = Math.min(batchCount, blocks.length) + 1;
  const memory = new Float64Array(slotCount * outputCount);
  const slots = Array.from({ length: slotCount }, (_, slot) =>
    memory.subarray(slot * outputCount, (slot + 1) * outputCount),
  );
  let index = 0;
  let end = 0;
  return (block) => {
    if (blocks[index] !== block) index = blocks.indexOf(block, index);
    if (index >= end) {
      end = Math.min(blocks.length, index + slotCount - 1);
      for (let i = index; i < end; i++) writeGains(blocks[i]!, elementGain, slots[i % slotCount]!);
    }
    return slots[index % slotCount]!;
  };
}
