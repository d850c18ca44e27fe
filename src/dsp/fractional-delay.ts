import { kaiser, sinc } from './windows.ts';

/** Taps of the interpolating sinc; a delay below half of them is not possible. */
const tapCount = 16;

/** Steps between two samples for which the sinc is tabulated; the nearest is taken (-88 dB at 5 kHz). */
const phaseCount = 8192;

/** Kaiser shape: errors below -89 dB up to 0.55 of the Nyquist frequency, -60 dB at two thirds of it. */
const beta = 9;

/** Shortest delay that a line can give, in samples. */
export const minimumDelaySamples = tapCount / 2;

let sharedTable: Float32Array | undefined;

/** Sinc values [phase][tap] for phases 0..phaseCount; rows sum to 1, so that 0 Hz passes untouched. */
function interpolationTable(): Float32Array {
  if (sharedTable) return sharedTable;
  const table = new Float32Array((phaseCount + 1) * tapCount);
  const row = new Float64Array(tapCount);
  for (let phase = 0; phase <= phaseCount; phase++) {
    let sum = 0;
    for (let tap = 0; tap < tapCount; tap++) {
      const distance = tap - (tapCount / 2 - 1) - phase / phaseCount;
      row[tap] = sinc(distance) * kaiser(distance / (tapCount / 2), beta);
      sum += row[tap]!;
    }
    for (let tap = 0; tap < tapCount; tap++) table[phase * tapCount + tap] = row[tap]! / sum;
  }
  sharedTable = table;
  return table;
}

/** A delay line whose length may be any fraction and may glide. */
export interface FractionalDelayLine {
  /** Takes the next `hopFrames` samples; then read any number of times. */
  write(input: Float32Array): void;
  /**
   * Reads the last hop with a delay that goes linearly from the first value to the second, which is that of
   * the sample after the hop.
   * @param startSamples and endSamples: minimumDelaySamples .. maximumDelaySamples
   */
  read(startSamples: number, endSamples: number, output: Float32Array): void;
  reset(): void;
}

/**
 * Makes a delay line that reads between samples with a windowed sinc of 16 taps. Nothing allocates afterwards.
 */
export function createFractionalDelayLine(
  hopFrames: number,
  maximumDelaySamples: number,
): FractionalDelayLine {
  const history = Math.ceil(maximumDelaySamples) + tapCount;
  const buffer = new Float32Array(history + hopFrames);
  const table = interpolationTable();
  return {
    write(input) {
      buffer.copyWithin(0, hopFrames);
      buffer.set(hopFrames === input.length ? input : input.subarray(0, hopFrames), history);
    },
    read(startSamples, endSamples, output) {
      readLine(buffer, history, table, startSamples, endSamples, hopFrames, output);
    },
    reset: () => void buffer.fill(0),
  };
}

/** The loop over samples, written out: it runs for each ear of each moving source. */
function readLine(
  buffer: Float32Array,
  origin: number,
  table: Float32Array,
  startSamples: number,
  endSamples: number,
  frameCount: number,
  output: Float32Array,
): void {
  const step = (endSamples - startSamples) / frameCount;
  for (let n = 0; n < frameCount; n++) {
    const position = origin + n - (startSamples + step * n);
    // Integers by `| 0`: indices that might be fractions cost five times as much.
    const whole = position | 0;
    const h = (((position - whole) * phaseCount + 0.5) | 0) * tapCount;
    const x = whole - (tapCount / 2 - 1);
    output[n] =
      table[h]! * buffer[x]! +
      table[h + 1]! * buffer[x + 1]! +
      table[h + 2]! * buffer[x + 2]! +
      table[h + 3]! * buffer[x + 3]! +
      (table[h + 4]! * buffer[x + 4]! +
        table[h + 5]! * buffer[x + 5]! +
        table[h + 6]! * buffer[x + 6]! +
        table[h + 7]! * buffer[x + 7]!) +
      (table[h + 8]! * buffer[x + 8]! +
        table[h + 9]! * buffer[x + 9]! +
        table[h + 10]! * buffer[x + 10]! +
        table[h + 11]! * buffer[x + 11]!) +
      (table[h + 12]! * buffer[x + 12]! +
        table[h + 13]! * buffer[x + 13]! +
        table[h + 14]! * buffer[x + 14]! +
        table[h + 15]! * buffer[x + 15]!);
  }
}
