import { cartesianToPolar, polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { degToRad } from '../../base/units.ts';
import { gaussLegendre } from '../../math/quadrature.ts';
import {
  legendrePolynomials,
  shChannelCount,
  shDegree,
  writeSphericalHarmonics,
} from '../../math/spherical-harmonics.ts';
import { add, scale } from '../../math/vec3.ts';
import type { Placement } from '../binaural/placement.ts';
import { localAxes } from '../../base/angles.ts';
import { maxReWeights } from './max-re.ts';

/**
 * Writes the SN3D gains of a placement [acn].
 *
 * A point source is a plane wave: W is 1. A source with size is a cap as wide as its smaller size, swept along
 * an arc until it is as wide as its larger one: the outline of BS.2127-1 clause 7.3.8.2. A cap scales all
 * channels of degree n alike, so that no grid of sources is needed. Divergence adds the pair of clause 7.3.7.
 * Both are scaled so that a max-rE decoder plays them with the energy of a point source, as BS.2127 does for
 * loudspeakers; W then exceeds 1.
 */
export type PlacementEncoder = (placement: Placement, gains: Float64Array) => void;

/** Makes the encoder of an order, 1..7. */
export function createPlacementEncoder(order: number): PlacementEncoder {
  const channelCount = shChannelCount(order);
  const harmonics = new Float64Array(channelCount);
  // Fixed points, so that gains move smoothly while sizes do; exact to 1e-6 for a full turn.
  const arc = gaussLegendre(2 * order + 8);
  const energyWeights = maxReWeights(order).map((weight, n) => (2 * n + 1) * weight * weight);
  const pointEnergy = energyWeights.reduce((sum, weight) => sum + weight, 0);

  const addPoint = (direction: Vec3, amplitude: number, gains: Float64Array): void => {
    writeSphericalHarmonics(order, ...direction, harmonics);
    for (let acn = 0; acn < channelCount; acn++) gains[acn]! += amplitude * harmonics[acn]!;
  };

  const addArc = (centre: Vec3, placement: Placement, amplitude: number, gains: Float64Array): void => {
    const { widthDeg, heightDeg } = placement;
    const reachDeg = Math.abs(widthDeg - heightDeg) / 2;
    if (reachDeg === 0) {
      addPoint(centre, amplitude, gains);
      return;
    }
    const axes = axesOf(centre);
    const along = heightDeg > widthDeg ? axes.up : axes.left;
    for (let i = 0; i < arc.nodes.length; i++) {
      const angleRad = degToRad(reachDeg * arc.nodes[i]!);
      const direction = add(scale(centre, Math.cos(angleRad)), scale(along, Math.sin(angleRad)));
      addPoint(direction, (amplitude * arc.weights[i]!) / 2, gains);
    }
  };

  return (placement, gains) => {
    const { direction, widthDeg, heightDeg, divergence, divergenceDeg } = placement;
    gains.fill(0);
    if (widthDeg === 0 && heightDeg === 0 && divergence === 0) {
      addPoint(direction, 1, gains);
      return;
    }
    addArc(direction, placement, Math.sqrt((1 - divergence) / (1 + divergence)), gains);
    if (divergence > 0) {
      const { left } = axesOf(direction);
      const angleRad = degToRad(divergenceDeg);
      for (const side of [-1, 1]) {
        const centre = add(scale(direction, Math.cos(angleRad)), scale(left, side * Math.sin(angleRad)));
        addArc(centre, placement, Math.sqrt(divergence / (1 + divergence)), gains);
      }
    }
    const cap = capWeights(order, Math.min(widthDeg, heightDeg) / 2);
    let energy = 0;
    for (let acn = 0; acn < channelCount; acn++) {
      const degree = shDegree(acn);
      gains[acn]! *= cap[degree]!;
      energy += energyWeights[degree]! * gains[acn]! ** 2;
    }
    const level = Math.sqrt(pointEnergy / energy);
    for (let acn = 0; acn < channelCount; acn++) gains[acn]! *= level;
  };
}

/**
 * What averaging over a spherical cap leaves of each degree, 1 at degree 0:
 * (P(n-1) - P(n+1)) / ((2 n + 1) (1 - cos)), the mean of P(n) over the cap.
 * @param halfAngleDeg 0 (a point) .. 180 (the whole sphere)
 * @returns [degree]
 */
export function capWeights(order: number, halfAngleDeg: number): Float64Array {
  const cosine = Math.cos(degToRad(halfAngleDeg));
  if (1 - cosine < 1e-9) return new Float64Array(order + 1).fill(1);
  const legendre = legendrePolynomials(order + 1, cosine);
  return Float64Array.from({ length: order + 1 }, (_, n) =>
    n === 0 ? 1 : (legendre[n - 1]! - legendre[n + 1]!) / ((2 * n + 1) * (1 - cosine)),
  );
}

/** Left and up for a listener who faces a direction. */
function axesOf(direction: Vec3): { readonly left: Vec3; readonly up: Vec3 } {
  const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
  const [, , up] = localAxes(azimuthDeg, elevationDeg);
  return { left: polarToCartesian(azimuthDeg + 90, 0), up };
}
