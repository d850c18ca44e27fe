import type { Layout } from '../../layouts/layout.ts';
import type { TrimLayout } from '../../scene/scene.ts';

/** What decides about trims of a layout. */
export interface LayoutClass {
  /** The class of masters' trims that it belongs to. */
  readonly name: TrimLayout;
  /** Loudspeakers at ear height beside and behind the listener. */
  readonly surroundCount: number;
  /** Loudspeakers above. */
  readonly topCount: number;
}

/** Loudspeakers further round than this are surrounds; wides (60 degrees) are front. */
const frontDeg = 75;
/** From here on loudspeakers are above. */
const topDeg = 15;

/**
 * The class of a layout: no, some (up to 3) or many surrounds, and no, some or many heights, as the nine classes of
 * masters (2.0 to 7.1.4) are made.
 */
export function layoutClassOf({ loudspeakers }: Layout): LayoutClass {
  const full = loudspeakers.filter(({ isLfe }) => !isLfe);
  const topCount = full.filter(({ nominalElevationDeg }) => nominalElevationDeg > topDeg).length;
  const surroundCount = full.filter(
    ({ nominalAzimuthDeg, nominalElevationDeg }) =>
      Math.abs(nominalElevationDeg) <= topDeg && Math.abs(nominalAzimuthDeg) > frontDeg,
  ).length;
  const floor = surroundCount === 0 ? '2' : surroundCount < 4 ? '5' : '7';
  const heights = topCount === 0 ? '' : topCount < 4 ? '.2' : '.4';
  const name = floor === '2' && heights === '' ? '2.0' : (`${floor}.1${heights}` as TrimLayout);
  return { name, surroundCount, topCount };
}
