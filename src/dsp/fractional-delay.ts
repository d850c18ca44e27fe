import type { DelayTable } from '../kernels/kernels.ts';
import { kaiser, sinc } from './windows.ts';

/** Taps of the interpolating sinc. */
const tapCount = 16;

/** Steps between two samples for which the sinc is tabulated; in between, kernels mix (-106 dB at 12 kHz of 48). */
const phasesPerSample = 256;

/** Rows before place 0 and after place 1: the taps at the end of a block of a gliding delay lie there. */
const marginRows = 8;

/** Kaiser shape: errors below -89 dB up to 0.55 of the Nyquist frequency, -60 dB at two thirds of it. */
const beta = 9;

/** Shortest delay that the table allows, in samples. */
export const minimumDelaySamples = tapCount / 2;

let shared: DelayTable | undefined;

/** The windowed sinc with which kernels read delay lines between samples; rows sum to 1, so that 0 Hz passes untouched. */
export function fractionalDelayTable(): DelayTable {
  if (shared) return shared;
  const rowCount = phasesPerSample + 2 * marginRows + 2;
  const coefficients = new Float32Array(rowCount * tapCount);
  const row = new Float64Array(tapCount);
  for (let r = 0; r < rowCount; r++) {
    let sum = 0;
    for (let tap = 0; tap < tapCount; tap++) {
      const distance = tap - (tapCount / 2 - 1) - (r - marginRows) / phasesPerSample;
      row[tap] = sinc(distance) * kaiser(distance / (tapCount / 2), beta);
      sum += row[tap]!;
    }
    for (let tap = 0; tap < tapCount; tap++) coefficients[r * tapCount + tap] = row[tap]! / sum;
  }
  shared = { phasesPerSample, marginRows, coefficients };
  return shared;
}
