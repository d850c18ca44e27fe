import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';
import { type AnaloguePrototype, designMatchedBiquad } from './matched-biquad.ts';

/**
 * Boost or cut around a frequency with the magnitude of the analogue bell: the gain is reached at the frequency, half
 * of it in dB at the edges of a band of frequencyHz / q, as in Bristow-Johnson's cookbook.
 */
export function designBell(
  frequencyHz: number,
  gainDb: number,
  q: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const amplitude = 10 ** (gainDb / 40);
  return designMatchedBiquad(
    { numerator: [1, amplitude / q, 1], denominator: [1, 1 / (amplitude * q), 1] },
    frequencyHz,
    sampleRateHz,
  );
}

/**
 * Boost or cut of all below or above a frequency, half of it in dB there, with the magnitude of the analogue shelf of
 * the second order (Bristow-Johnson's cookbook); q above 0.71 overshoots.
 */
export function designMatchedShelf(
  side: 'low' | 'high',
  frequencyHz: number,
  gainDb: number,
  q: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const amplitude = 10 ** (gainDb / 40);
  const middle = Math.sqrt(amplitude) / q;
  const prototype: AnaloguePrototype =
    side === 'low'
      ? { numerator: [amplitude ** 2, amplitude * middle, amplitude], denominator: [1, middle, amplitude] }
      : { numerator: [1, middle, amplitude], denominator: [1, middle / amplitude, 1 / amplitude] };
  return designMatchedBiquad(prototype, frequencyHz, sampleRateHz);
}

/**
 * Butterworth high-pass or low-pass, -3.01 dB at its frequency, as sections in series with the magnitude of their
 * analogue counterparts.
 * @param order 1 (6 dB an octave) and up
 */
export function designButterworth(
  pass: 'high' | 'low',
  frequencyHz: number,
  order: number,
  sampleRateHz: number,
): BiquadCoefficients[] {
  const sectionCount = Math.ceil(order / 2);
  return Array.from({ length: sectionCount }, (_, index) => {
    // Poles lie on a circle, evenly spaced; the real one of odd orders is a section of the first order.
    const middle = 2 * Math.sin((Math.PI * (2 * index + 1)) / (2 * order));
    const isSingle = 2 * index + 1 === order;
    const denominator: AnaloguePrototype['denominator'] = isSingle ? [1, 1, 0] : [1, middle, 1];
    const highest: [number, number, number] = isSingle ? [0, 1, 0] : [0, 0, 1];
    const numerator: AnaloguePrototype['numerator'] = pass === 'low' ? [1, 0, 0] : highest;
    return designMatchedBiquad({ numerator, denominator }, frequencyHz, sampleRateHz);
  });
}

/**
 * Turns the spectrum around a frequency: far above it rises by the gain, far below it falls by as much, as the analogue
 * (G s + 1) / (s + G).
 */
export function designTilt(frequencyHz: number, gainDb: number, sampleRateHz: number): BiquadCoefficients {
  const gain = 10 ** (gainDb / 20);
  // Scaled so that the prototype has 1 at 0 Hz.
  const section = designMatchedBiquad(
    { numerator: [1, gain, 0], denominator: [1, 1 / gain, 0] },
    frequencyHz,
    sampleRateHz,
  );
  return { ...section, b0: section.b0 / gain, b1: section.b1 / gain, b2: section.b2 / gain };
}

/**
 * Takes a frequency out: nothing is left of it, and half the power at the edges of a band of frequencyHz / q, which is
 * as wide as that of the analogue notch (Orfanidis, Introduction to Signal Processing, clause 11.3).
 * @param share how much of it is taken out, 0..1: 0.5 leaves -6 dB
 */
export function designNotch(
  frequencyHz: number,
  q: number,
  sampleRateHz: number,
  share = 1,
): BiquadCoefficients {
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const width = Math.tan(Math.min(omega / q, 3) / 2);
  const a0 = 1 + width;
  const b1 = (-2 * Math.cos(omega)) / a0;
  const left = width * (1 - share);
  return { b0: (1 + left) / a0, b1, b2: (1 - left) / a0, a1: b1, a2: (1 - width) / a0 };
}
