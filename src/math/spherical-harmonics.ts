import { polarToCartesian } from '../base/coordinates.ts';

/** Normalisation of ambisonic channels; N3D = SN3D * sqrt(2 n + 1) in degree n. */
export type ShNormalization = 'SN3D' | 'N3D';

/** Number of channels of a full set: (order + 1)^2. */
export const shChannelCount = (order: number): number => (order + 1) ** 2;

/** Degree n of an ambisonic channel number n (n + 1) + m, m = -n .. n (ACN). */
export const shDegree = (acn: number): number => Math.floor(Math.sqrt(acn));

/** Factor sqrt(2 n + 1) that turns an SN3D channel into an N3D one. */
export const sn3dToN3d = (acn: number): number => Math.sqrt(2 * shDegree(acn) + 1);

/**
 * Real spherical harmonics of a direction, without the Condon-Shortley phase, in ACN order: the gains with
 * which a plane wave from there is encoded (AmbiX, Nachbar et al. 2011; ITU-R BS.2127-1 clause 9). In SN3D
 * the first is 1 and no other exceeds 1.
 * @param order 0 or more; stable beyond 10
 * @returns (order + 1)^2 values
 */
export function sphericalHarmonics(
  order: number,
  azimuthDeg: number,
  elevationDeg: number,
  normalization: ShNormalization = 'SN3D',
): Float64Array {
  const values = new Float64Array(shChannelCount(order));
  const [x, y, z] = polarToCartesian(azimuthDeg, elevationDeg);
  writeSphericalHarmonics(order, x, y, z, values);
  if (normalization === 'N3D') for (let acn = 0; acn < values.length; acn++) values[acn]! *= sn3dToN3d(acn);
  return values;
}

/**
 * Writes the SN3D harmonics of a direction given as a unit vector on ADM axes (x right, y front, z up).
 *
 * The Legendre functions without their power of cos(elevation), P(n, m), grow from the sectoral P(m, m)
 * upwards in n, normalised at every step so that nothing overflows (Holmes and Featherstone 2002, forward
 * column recursion); cos(m azimuth) and sin(m azimuth) with that power come from repeated multiplication.
 * @param out at least (order + 1)^2 long
 */
export function writeSphericalHarmonics(
  order: number,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
): void {
  const front = y;
  const left = -x;
  let cosine = 1;
  let sine = 0;
  let sectoral = 1;
  for (let m = 0; m <= order; m++) {
    if (m > 0) {
      const previous = cosine;
      cosine = front * cosine - left * sine;
      sine = front * sine + left * previous;
      if (m > 1) sectoral *= Math.sqrt((2 * m - 1) / (2 * m));
    }
    let below = 0;
    let legendre = sectoral;
    for (let n = m; n <= order; n++) {
      if (n > m) {
        const next =
          ((2 * n - 1) * z * legendre - Math.sqrt((n - 1) ** 2 - m * m) * below) / Math.sqrt(n * n - m * m);
        below = legendre;
        legendre = next;
      }
      const centre = n * (n + 1);
      out[centre + m] = legendre * cosine;
      if (m > 0) out[centre - m] = legendre * sine;
    }
  }
}

/** Legendre polynomials P_0 .. P_order of a cosine, by Bonnet's recursion. */
export function legendrePolynomials(order: number, cosine: number): Float64Array {
  const values = new Float64Array(order + 1);
  values[0] = 1;
  if (order > 0) values[1] = cosine;
  for (let n = 2; n <= order; n++)
    values[n] = ((2 * n - 1) * cosine * values[n - 1]! - (n - 1) * values[n - 2]!) / n;
  return values;
}
