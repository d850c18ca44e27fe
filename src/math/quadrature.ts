import type { Vec3 } from '../base/coordinates.ts';

/** Points on the unit sphere with weights whose sum is 1: a weighted sum over them is a spherical mean. */
export interface SphereGrid {
  /** Unit vectors on ADM axes. */
  readonly directions: readonly Vec3[];
  readonly weights: Float64Array;
}

/** Nodes and weights of a one-dimensional rule on [-1, 1]; the weights sum to 2. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss-Legendre rule, exact for polynomials up to degree 2 count - 1; Newton's method on P_count. */
export function gaussLegendre(count: number): QuadratureRule {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let derivative = 1;
    for (let step = 0; step < 100; step++) {
      let below = 1;
      let value = x;
      for (let n = 2; n <= count; n++)
        [below, value] = [value, ((2 * n - 1) * x * value - (n - 1) * below) / n];
      derivative = (count * (below - x * value)) / (1 - x * x);
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * derivative * derivative);
  }
  return { nodes, weights };
}

/**
 * Gauss product grid: Gauss-Legendre rings, each with evenly spaced azimuths, the first half a step from the
 * front so that the grid mirrors left and right. Exact for spherical polynomials up to `degree`, which means
 * for products of two spherical harmonics whose degrees sum to that.
 */
export function gaussProductGrid(degree: number): SphereGrid {
  const ringCount = Math.floor(degree / 2) + 1;
  const ringSize = degree + 1;
  const rings = gaussLegendre(ringCount);
  const directions: Vec3[] = [];
  const weights = new Float64Array(ringCount * ringSize);
  for (let ring = 0; ring < ringCount; ring++) {
    const z = rings.nodes[ring]!;
    const radius = Math.sqrt(1 - z * z);
    for (let i = 0; i < ringSize; i++) {
      const azimuthRad = (2 * Math.PI * (i + 0.5)) / ringSize;
      weights[directions.length] = rings.weights[ring]! / (2 * ringSize);
      directions.push([-radius * Math.sin(azimuthRad), radius * Math.cos(azimuthRad), z]);
    }
  }
  return { directions, weights };
}
