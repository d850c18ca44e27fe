import { absoluteGatePower, powerToLufs } from './loudness-gating.ts';

/**
 * Integrated loudness as it grows: value k is that of the first k + 1 gating blocks, both gates applied to them alone
 * (see `integratedLoudnessLufs`). Sums over sorted blocks are kept in a tree, so that an hour takes no longer than its
 * sorting.
 * @param powers weighted mean square of each 400 ms block, one every 100 ms
 */
export function integratedCurveLufs(powers: Float64Array): Float64Array {
  const sorted = powers.slice().sort();
  const sums = new Float64Array(sorted.length + 1);
  const counts = new Float64Array(sorted.length + 1);
  let sum = 0;
  let count = 0;
  return powers.map((power) => {
    if (power > absoluteGatePower) {
      sum += power;
      count++;
      addFrom(sums, countAtMost(sorted, power), power);
      addFrom(counts, countAtMost(sorted, power), 1);
    }
    if (count === 0) return -Infinity;
    const gated = countAtMost(sorted, sum / count / 10);
    const loudCount = count - sumTo(counts, gated);
    return powerToLufs((sum - sumTo(sums, gated)) / loudCount);
  });
}

/** How many of sorted values are not above a limit. */
function countAtMost(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds to a place, counted from 1, of a tree of sums (Fenwick 1994). */
function addFrom(tree: Float64Array, place: number, value: number): void {
  for (let at = place; at < tree.length; at += at & -at) tree[at]! += value;
}

/** Sum of the first places. */
function sumTo(tree: Float64Array, place: number): number {
  let sum = 0;
  for (let at = place; at > 0; at -= at & -at) sum += tree[at]!;
  return sum;
}
