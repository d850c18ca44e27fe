import { isStereo } from '../../layouts/custom.ts';
import type { Layout } from '../../layouts/layout.ts';

/** Where loudspeakers that a small layout lacks go to; label by label, tried in order. */
const homes: readonly (readonly [label: RegExp, targets: readonly string[], gain: number])[] = [
  [/^U([+-])030$/, ['M$1030'], Math.SQRT1_2],
  [/^M([+-])110$/, ['M$1030'], Math.SQRT1_2],
  [/^M\+000$/, ['M+030', 'M-030'], Math.SQRT1_2],
  [/^M[+-]030$/, ['M+000'], Math.SQRT1_2],
];

/** Layout that ambisonics is decoded to before a fold: 0+5+0 for stereo, `foldFrom` elsewhere. */
export const foldSourceOf = (layout: Layout): string | undefined =>
  layout.foldFrom ?? (isStereo(layout) ? '0+5+0' : undefined);

/**
 * Fold-down between layouts with the coefficients of ITU-R BS.775-3, Annex 4: what has no loudspeaker of its
 * own goes to the one in front of it at -3 dB; LFE is left out.
 * @returns [loudspeaker of `to`][loudspeaker of `from`]
 */
export function foldMatrix(from: Layout, to: Layout): Float64Array {
  const columns = from.loudspeakers.length;
  const matrix = new Float64Array(to.loudspeakers.length * columns);
  const add = (label: string, column: number, gain: number): void => {
    const row = to.loudspeakers.findIndex((loudspeaker) => loudspeaker.label === label);
    if (row >= 0) {
      matrix[row * columns + column]! += gain;
      return;
    }
    const home = homes.find(([pattern]) => pattern.test(label));
    if (!home) return;
    for (const target of home[1]) add(label.replace(home[0], target), column, gain * home[2]);
  };
  for (const [column, { label, isLfe }] of from.loudspeakers.entries()) if (!isLfe) add(label, column, 1);
  return matrix;
}
