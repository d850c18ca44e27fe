import type { Vec3 } from '../base/coordinates.ts';
import { polarToCartesian } from '../base/coordinates.ts';
import { degToRad } from '../base/units.ts';

/** Points of the spiral that samples the sphere; weights come out within about 2 %. */
const pointCount = 20_000;

/** Directions farther than this from any of a set count as not measured. */
const coverageDeg = 8;

/** The golden angle: turns between successive points of the spiral. */
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));

/**
 * Share of the covered part of the sphere that lies nearest to each direction of a set; the sum is 1.
 * @param directionsDeg [direction][azimuthDeg, elevationDeg]
 */
export function directionWeights(directionsDeg: ArrayLike<number>): Float64Array {
  const count = directionsDeg.length / 2;
  const directions = Array.from({ length: count }, (_, i): Vec3 =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!),
  );
  const weights = new Float64Array(count);
  let covered = 0;
  for (let p = 0; p < pointCount; p++) {
    const z = 1 - (2 * p + 1) / pointCount;
    const radius = Math.sqrt(1 - z * z);
    const x = radius * Math.cos(p * goldenAngleRad);
    const y = radius * Math.sin(p * goldenAngleRad);
    let nearest = 0;
    let largest = -2;
    for (let i = 0; i < count; i++) {
      const [dx, dy, dz] = directions[i]!;
      const cosine = x * dx + y * dy + z * dz;
      if (cosine <= largest) continue;
      largest = cosine;
      nearest = i;
    }
    if (largest < Math.cos(degToRad(coverageDeg))) continue;
    weights[nearest]!++;
    covered++;
  }
  return weights.map((weight) => weight / covered);
}
