/** Range of the picture of a spectrum. */
export const spectrumRange = Object.freeze({ lowHz: 20, highHz: 20000, topDb: -18, bottomDb: -90 });

/** Frequencies with a line, and those with a name. */
export const spectrumMarksHz: readonly number[] = [50, 100, 200, 500, 1000, 2000, 5000, 10000];

/** Place of a frequency on the logarithmic axis, 0..1. */
export const frequencyFraction = (frequencyHz: number): number =>
  Math.log(frequencyHz / spectrumRange.lowHz) / Math.log(spectrumRange.highHz / spectrumRange.lowHz);

/** "50", "1k". */
export const formatFrequency = (frequencyHz: number): string =>
  frequencyHz >= 1000 ? `${frequencyHz / 1000}k` : String(frequencyHz);

/** Where each column of a picture takes its bins from. */
export interface SpectrumColumns {
  /** First and last bin of each column as real numbers, an octave's sixth wide. */
  readonly lowBin: Float32Array;
  readonly highBin: Float32Array;
}

/** Columns for a width: bands of a sixth of an octave around evenly spaced points of the logarithmic axis. */
export const designSpectrumColumns = (
  columnCount: number,
  shape: { readonly maxHz: number; readonly binCount: number },
): SpectrumColumns => {
  const lowBin = new Float32Array(columnCount);
  const highBin = new Float32Array(columnCount);
  const octaves = Math.log2(spectrumRange.highHz / spectrumRange.lowHz);
  for (let column = 0; column < columnCount; column++) {
    const centreHz = spectrumRange.lowHz * 2 ** ((octaves * column) / Math.max(1, columnCount - 1));
    const centreBin = (centreHz / shape.maxHz) * (shape.binCount - 1);
    lowBin[column] = Math.min(shape.binCount - 1, centreBin * 2 ** (-1 / 12));
    highBin[column] = Math.min(shape.binCount - 1, centreBin * 2 ** (1 / 12));
  }
  return { lowBin, highBin };
};

const between = (bins: Float32Array, position: number): number => {
  const index = Math.floor(position);
  const next = bins[Math.min(bins.length - 1, index + 1)]!;
  // Cosine instead of a line: low bins are far apart, and corners would be seen.
  const share = (1 - Math.cos(Math.PI * (position - index))) / 2;
  const value = bins[index]! + (next - bins[index]!) * share;
  return Number.isNaN(value) ? -Infinity : value;
};

/** Mean power of the bins of each column, in dB; between bins where a column is narrower than one. */
export const spectrumCurve = (bins: Float32Array, columns: SpectrumColumns, into: Float32Array): void => {
  for (let column = 0; column < into.length; column++) {
    const low = columns.lowBin[column]!;
    const high = columns.highBin[column]!;
    if (high - low < 2) {
      into[column] = between(bins, (low + high) / 2);
      continue;
    }
    let power = 0;
    const first = Math.ceil(low);
    const last = Math.floor(high);
    for (let bin = first; bin <= last; bin++) power += 10 ** (bins[bin]! / 10);
    into[column] = 10 * Math.log10(power / (last - first + 1));
  }
};

/** Rises at once, falls by 24 dB a second: what was there stays readable. */
export const settleSpectrum = (shown: Float32Array, current: Float32Array, elapsedSec: number): void => {
  for (let column = 0; column < shown.length; column++) {
    const fallen = shown[column]! - 24 * elapsedSec;
    const value = Math.max(current[column]!, fallen);
    shown[column] = value > 2 * spectrumRange.bottomDb ? value : -Infinity;
  }
};
