import { minimumPhaseSpectrum, magnitudesOf } from '../dsp/minimum-phase.ts';
import type { Fft } from '../dsp/fft.ts';

/** Interaural time differences live below about 3 kHz: there the arrival is measured. */
const upperHz = 3000;

/** Steps of Newton's method from the best whole sample; three reach 1e-9 samples. */
const newtonSteps = 6;

/**
 * Delay of a response against its own minimum-phase version: the peak of their cross-correlation below 3 kHz,
 * to a fraction of a sample (Nam, Abel and Smith 2008).
 * @param real and imaginary: spectrum, fft.size bins
 * @returns samples
 */
export function timeOfArrivalSamples(
  fft: Fft,
  sampleRateHz: number,
  real: Float64Array,
  imaginary: Float64Array,
): number {
  const { size } = fft;
  const minimum = minimumPhaseSpectrum(fft, magnitudesOf(real, imaginary, 1e-9));
  const crossRe = new Float64Array(size);
  const crossIm = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const frequencyHz = (Math.min(k, size - k) * sampleRateHz) / size;
    const weight = 1 / (1 + (frequencyHz / upperHz) ** 8);
    crossRe[k] = weight * (real[k]! * minimum.real[k]! + imaginary[k]! * minimum.imaginary[k]!);
    crossIm[k] = weight * (imaginary[k]! * minimum.real[k]! - real[k]! * minimum.imaginary[k]!);
  }
  const correlation = crossRe.slice();
  fft.inverse(correlation, crossIm.slice());
  let peak = 0;
  for (let n = 1; n < size; n++) if (correlation[n]! > correlation[peak]!) peak = n;
  return refinePeak(crossRe, crossIm, peak < size / 2 ? peak : peak - size);
}

/** Newton's method on the first derivative of the correlation, evaluated from its spectrum. */
function refinePeak(crossRe: Float64Array, crossIm: Float64Array, start: number): number {
  const size = crossRe.length;
  let lag = start;
  for (let step = 0; step < newtonSteps; step++) {
    let slope = 0;
    let curvature = 0;
    for (let k = 1; k < size / 2; k++) {
      const omega = (2 * Math.PI * k) / size;
      const c = Math.cos(omega * lag);
      const s = Math.sin(omega * lag);
      slope -= omega * (crossRe[k]! * s + crossIm[k]! * c);
      curvature -= omega * omega * (crossRe[k]! * c - crossIm[k]! * s);
    }
    if (curvature >= 0) break;
    lag -= Math.max(-0.5, Math.min(0.5, slope / curvature));
  }
  return lag;
}
