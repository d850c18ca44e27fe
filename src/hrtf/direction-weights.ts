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
  const weights = new Float64Array(count);
  const byHeight = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => directionsDeg[2 * a + 1]! - directionsDeg[2 * b + 1]!,
  );
  const xyz = new Float64Array(3 * count);
  byHeight.forEach((i, place) =>
    xyz.set(polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!), 3 * place),
  );
  const leastCosine = Math.cos(degToRad(coverageDeg));
  let above = count;
  let covered = 0;
  for (let p = 0; p < pointCount; p++) {
    const z = 1 - (2 * p + 1) / pointCount;
    const radius = Math.sqrt(1 - z * z);
    const x = radius * Math.cos(p * goldenAngleRad);
    const y = radius * Math.sin(p * goldenAngleRad);
    while (above > 0 && xyz[3 * above - 1]! > z) above--;
    let nearest = -1;
    let largest = leastCosine;
    /** Takes a direction if it is nearer; says whether any beyond it in height may be. */
    const consider = (place: number): boolean => {
      const height = xyz[3 * place + 2]!;
      // The cosine between two heights on one meridian: none beyond is nearer.
      const bound = z * height + radius * Math.sqrt(Math.max(0, 1 - height * height));
      if (bound < largest - 1e-12) return false;
      const cosine = x * xyz[3 * place]! + y * xyz[3 * place + 1]! + z * height;
      const index = byHeight[place]!;
      if (cosine > largest || (cosine === largest && (nearest < 0 || index < nearest))) {
        largest = cosine;
        nearest = index;
      }
      return true;
    };
    for (let place = above; place < count && consider(place);) place++;
    for (let place = above - 1; place >= 0 && consider(place);) place--;
    if (nearest < 0) continue;
    weights[nearest]!++;
    covered++;
  }
  return weights.map((weight) => weight / covered);
}
