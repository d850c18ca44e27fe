import { legendrePolynomials } from '../../math/spherical-harmonics.ts';
import { degToRad } from '../../base/units.ts';

/**
 * Weights per degree that make the energy vector as long as can be: the decoded source as narrow as the order
 * allows, without side lobes of the opposite sign. P_n(cos(137.9 deg / (order + 1.51))), Zotter and Frank 2012.
 * @returns [degree], the first is 1
 */
export const maxReWeights = (order: number): Float64Array =>
  legendrePolynomials(order, Math.cos(degToRad(137.9 / (order + 1.51))));
