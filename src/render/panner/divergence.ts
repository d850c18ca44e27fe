import { cartesianToPolar, polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { add, length, scale } from '../../math/vec3.ts';
import type { Divergence } from '../../scene/scene.ts';
import { localAxes } from '../../base/angles.ts';

/** One of the sources that a divergent object is played as. */
export interface DivergedSource {
  readonly position: Vec3;
  /** Share of the power; the shares sum to 1. */
  readonly powerShare: number;
}

/** Half angle between the pair where a block gives none: BS.2076-1; version 2 has 0. */
export const defaultDivergenceRangeDeg = 45;

/**
 * Spreads an object over itself and a pair beside it; at value 0.5 all three are alike, at 1 the middle is gone.
 * BS.2127-1 clause 7.3.7.
 * @param isCartesian whether the position is in the cube, where the pair stands along x
 */
export function divergeSource(
  position: Vec3,
  divergence: Divergence | undefined,
  isCartesian: boolean,
  defaultRangeDeg = defaultDivergenceRangeDeg,
): readonly DivergedSource[] {
  if (!divergence || divergence.value === 0) return [{ position, powerShare: 1 }];
  const { value } = divergence;
  const [left, right] = isCartesian
    ? cubePair(position, divergence.positionRange ?? 0)
    : polarPair(position, divergence.azimuthRangeDeg ?? defaultRangeDeg);
  const side = value / (value + 1);
  return [
    { position: left, powerShare: side },
    { position, powerShare: (1 - value) / (value + 1) },
    { position: right, powerShare: side },
  ];
}

function cubePair([x, y, z]: Vec3, range: number): readonly [Vec3, Vec3] {
  return [
    [Math.min(1, x + range), y, z],
    [Math.max(-1, x - range), y, z],
  ];
}

/** The pair stands beside the source as seen by a listener who faces it. */
function polarPair(position: Vec3, rangeDeg: number): readonly [Vec3, Vec3] {
  const { azimuthDeg, elevationDeg } = cartesianToPolar(position);
  const axes = localAxes(azimuthDeg, elevationDeg);
  const turned = (angleDeg: number): Vec3 => {
    const [right, front, up] = polarToCartesian(angleDeg, 0, length(position));
    return add(add(scale(axes[0], right), scale(axes[1], front)), scale(axes[2], up));
  };
  return [turned(rangeDeg), turned(-rangeDeg)];
}
