import type { Overview } from '../../protocol/session.ts';

/** Range of the loudness axis. */
export interface LoudnessRange {
  readonly topLufs: number;
  readonly bottomLufs: number;
}

/** Steps between lines of a time ruler, in seconds. */
const timeStepsSec = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Times in seconds of the marks of a ruler, at least `minGap` pixels apart. */
export const rulerTimes = (durationSec: number, width: number, minGap: number): number[] => {
  if (!(durationSec > 0) || !(width > 0)) return [];
  const smallest = (minGap * durationSec) / width;
  const step = timeStepsSec.find((sec) => sec >= smallest) ?? Math.ceil(smallest / 3600) * 3600;
  return Array.from({ length: Math.floor(durationSec / step + 1e-9) + 1 }, (_, index) => index * step);
};

/**
 * Range of the axis that holds the loudest moment and 30 LU below it, on the grid of 6 LU, so that quiet passages do
 * not squeeze the programme into a corner.
 */
export const loudnessRange = (overview: Overview, targetLufs: number | undefined): LoudnessRange => {
  let loudest = targetLufs ?? -Infinity;
  for (const value of overview.momentaryLufs) if (value !== null && value > loudest) loudest = value;
  const topLufs = Number.isFinite(loudest) ? Math.ceil((loudest + 1) / 6) * 6 : 0;
  return { topLufs, bottomLufs: topLufs - 36 };
};

/** Height in 0..1 from the top, clamped to the axis. */
export const loudnessFraction = (lufs: number, range: LoudnessRange): number =>
  Math.min(1, Math.max(0, (range.topLufs - lufs) / (range.topLufs - range.bottomLufs)));

/**
 * Smallest and largest sample in each column of pixels, full scale 1: [min, max, min, max ...]. A programme that is
 * shorter than `frameCount` leaves its last columns silent.
 */
export const envelopeColumns = (
  overview: Overview,
  frameCount: number,
  columnCount: number,
): Float32Array => {
  const columns = new Float32Array(columnCount * 2);
  const stepCount = overview.peaks.length / 2;
  const stepsPerColumn = frameCount / overview.peakStepFrames / columnCount;
  for (let column = 0; column < columnCount; column++) {
    const first = Math.floor(column * stepsPerColumn);
    const end = Math.min(stepCount, Math.max(first + 1, Math.ceil((column + 1) * stepsPerColumn)));
    let min = Infinity;
    let max = -Infinity;
    for (let step = first; step < end; step++) {
      min = Math.min(min, overview.peaks[step * 2]!);
      max = Math.max(max, overview.peaks[step * 2 + 1]!);
    }
    if (max < min) continue;
    columns[column * 2] = min / 127;
    columns[column * 2 + 1] = max / 127;
  }
  return columns;
};

/** Value of a curve at a time; the window that ended last counts. Undefined outside, null in silence. */
export const curveAt = (
  curve: readonly (number | null)[],
  stepSec: number,
  timeSec: number,
): number | null | undefined => curve[Math.min(curve.length - 1, Math.floor(timeSec / stepSec + 1e-9) - 1)];

/**
 * Points of a curve, one a pixel at most: loudest value of each column, so that peaks of a long programme stay
 * visible. [x, lufs, x, lufs ...], NaN where there is silence.
 */
export const curvePoints = (
  curve: readonly (number | null)[],
  stepSec: number,
  durationSec: number,
  width: number,
): Float32Array => {
  const perPixel = durationSec / stepSec / width;
  const stride = Math.max(1, Math.floor(perPixel));
  const points = new Float32Array(2 * Math.ceil(curve.length / stride));
  for (let point = 0; point * 2 < points.length; point++) {
    let loudest = NaN;
    const end = Math.min(curve.length, (point + 1) * stride);
    for (let k = point * stride; k < end; k++) {
      const value = curve[k];
      if (typeof value === 'number' && !(value <= loudest)) loudest = value;
    }
    points[point * 2] = (end * stepSec * width) / durationSec;
    points[point * 2 + 1] = loudest;
  }
  return points;
};
