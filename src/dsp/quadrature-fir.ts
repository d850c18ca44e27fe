import { kaiser } from './windows.ts';

/** Width of what the filter loses at 0 Hz and at half the sample rate. */
const edgeHz = 38;

/** Shape of the window: ripple some 60 dB down, 0.01 dB. */
const windowBeta = 5.65;

/** A filter that turns phases by 90 degrees, and how long everything else has to wait for it. */
export interface QuadratureFir {
  /** [2 * delaySamples + 1], odd symmetric. */
  readonly taps: Float32Array;
  readonly delaySamples: number;
}

/**
 * Wide-band 90 degree phase shift: behind its delay, the filter's output leads its input by 90 degrees at every
 * frequency, exactly, as its taps are odd symmetric; from 40 Hz to 38 Hz below half the sample rate its magnitude is 1
 * within 0.05 dB. The ideal Hilbert transformer 2 / (pi n), turned round and windowed (Oppenheim and Schafer,
 * Discrete-Time Signal Processing, clause 12.4). Its length follows from the width of the edge (Kaiser 1974).
 */
export function designQuadratureFir(sampleRateHz: number): QuadratureFir {
  // The response falls through 0 at 0 Hz: the edge is as wide on the side of negative frequencies.
  const edgeRad = (2 * Math.PI * 2 * edgeHz) / sampleRateHz;
  const delaySamples = Math.ceil((60 - 7.95) / (2.285 * edgeRad) / 2);
  const taps = new Float32Array(2 * delaySamples + 1);
  for (let n = 1; n <= delaySamples; n += 2) {
    const tap = (2 / (Math.PI * n)) * kaiser(n / (delaySamples + 1), windowBeta);
    taps[delaySamples + n] = -tap;
    taps[delaySamples - n] = tap;
  }
  return { taps, delaySamples };
}
