import { polarToCartesian } from '../base/coordinates.ts';

/** Speed of sound in dry air at 20 degrees Celsius. */
export const soundSpeedMetresPerSec = 343;

/** Radius of a sphere with the interaural delays of an average head (Algazi, Avendano and Duda 2001). */
export const headRadiusMetres = 0.0875;

/** Cosine of the angle between a direction and an ear on the interaural axis. @param ear 0 left, 1 right */
export function cosineToEar(azimuthDeg: number, elevationDeg: number, ear: number): number {
  const [x] = polarToCartesian(azimuthDeg, elevationDeg);
  return ear === 0 ? -x : x;
}

/**
 * Pressure on a rigid sphere in a plane wave, against that in the centre without the sphere (Rabinowitz et
 * al. 1993; Duda and Martens 1998, equation 1 for an infinite distance), for exp(+i omega t): a lag is a
 * negative phase.
 * @param mu normalised frequency, 2 pi f radius / speed of sound
 * @param cosine cosine of the angle between the source and the point on the sphere
 * @returns [real, imaginary]
 */
export function spherePressure(mu: number, cosine: number): [number, number] {
  if (mu < 1e-6) return [1, 0];
  // Spherical Hankel functions of the first kind by upward recursion, Legendre polynomials alongside.
  let previousRe = Math.sin(mu) / mu;
  let previousIm = -Math.cos(mu) / mu;
  let re = previousRe / mu + previousIm;
  let im = previousIm / mu - previousRe;
  let sumRe = 0;
  let sumIm = 0;
  let [legendrePrevious, legendre] = [1, cosine];
  addTerm(0, 1, -re, -im);
  for (let m = 1, small = 0; small < 2; m++) {
    const derivativeRe = previousRe - ((m + 1) / mu) * re;
    const derivativeIm = previousIm - ((m + 1) / mu) * im;
    const size = (2 * m + 1) / Math.hypot(derivativeRe, derivativeIm);
    addTerm(m, legendre, derivativeRe, derivativeIm);
    small = size < 1e-12 * mu * mu ? small + 1 : 0;
    [previousRe, re] = [re, ((2 * m + 1) / mu) * re - previousRe];
    [previousIm, im] = [im, ((2 * m + 1) / mu) * im - previousIm];
    [legendrePrevious, legendre] = [
      legendre,
      ((2 * m + 1) * cosine * legendre - m * legendrePrevious) / (m + 1),
    ];
  }
  return [sumRe / (mu * mu), -sumIm / (mu * mu)];

  /** Adds (-i)^(m-1) (2m + 1) P_m / h'_m. */
  function addTerm(m: number, polynomial: number, derivativeRe: number, derivativeIm: number): void {
    const factor = ((2 * m + 1) * polynomial) / (derivativeRe ** 2 + derivativeIm ** 2);
    const quotientRe = factor * derivativeRe;
    const quotientIm = -factor * derivativeIm;
    switch (m & 3) {
      case 0:
        sumRe -= quotientIm;
        sumIm += quotientRe;
        break;
      case 1:
        sumRe += quotientRe;
        sumIm += quotientIm;
        break;
      case 2:
        sumRe += quotientIm;
        sumIm -= quotientRe;
        break;
      default:
        sumRe -= quotientRe;
        sumIm -= quotientIm;
    }
  }
}

/**
 * Delay of the wave front against the centre of the sphere, by geometric optics (Woodworth 1938): straight
 * on the near side, around the surface in the shadow.
 */
export function sphereArrivalSec(cosine: number, radiusMetres = headRadiusMetres): number {
  const path = cosine >= 0 ? -cosine : Math.asin(-cosine);
  return (radiusMetres * path) / soundSpeedMetresPerSec;
}
