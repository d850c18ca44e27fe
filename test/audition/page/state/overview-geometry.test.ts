import { expect, test } from 'vitest';
import {
  curveAt,
  curvePoints,
  envelopeColumns,
  loudnessFraction,
  loudnessRange,
  rulerTimes,
} from '../../../../src/audition/page/state/overview-geometry.ts';
import { fakeOverview } from '../fakes.ts';

test('marks of the ruler keep their distance and start at zero', () => {
  expect(rulerTimes(30, 600, 84)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(rulerTimes(3600, 1000, 84)).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600]);
  expect(rulerTimes(0, 1000, 84)).toEqual([]);
});

test('the axis holds the loudest moment and the target', () => {
  expect(loudnessRange(fakeOverview(-16), undefined)).toEqual({ topLufs: -12, bottomLufs: -48 });
  expect(loudnessRange(fakeOverview(-16), -8)).toEqual({ topLufs: -6, bottomLufs: -42 });
  const silent = fakeOverview(null, { momentaryLufs: [null, null] });
  expect(loudnessRange(silent, undefined)).toEqual({ topLufs: 0, bottomLufs: -36 });
  const range = { topLufs: -12, bottomLufs: -48 };
  expect([-6, -12, -30, -48, -70].map((lufs) => loudnessFraction(lufs, range))).toEqual([0, 0, 0.5, 1, 1]);
});

test('columns hold the extremes of their steps, and silence behind the end', () => {
  const overview = fakeOverview(-16, { peakStepFrames: 100, peaks: [-10, 20, -127, 5, -3, 127, 0, 0] });
  const columns = envelopeColumns(overview, 800, 4);
  expect(Array.from(columns, (value) => Math.round(value * 127))).toEqual([-127, 20, -3, 127, 0, 0, 0, 0]);
  // More columns than steps: each shows the step that it lies in.
  expect(
    Array.from(envelopeColumns(overview, 400, 8).subarray(0, 4), (value) => Math.round(value * 127)),
  ).toEqual([-10, 20, -10, 20]);
});

test('a curve is read where its last window ended', () => {
  const curve = [null, -20, -18];
  expect(curveAt(curve, 0.1, 0.05)).toBeUndefined();
  expect(curveAt(curve, 0.1, 0.1)).toBeNull();
  expect(curveAt(curve, 0.1, 0.25)).toBe(-20);
  expect(curveAt(curve, 0.1, 9)).toBe(-18);
});

test('points of a curve keep its maxima where many fall on one pixel', () => {
  const points = curvePoints([null, null, -20, -10, -30, -25], 1, 6, 3);
  expect(Array.from(points)).toEqual([1, NaN, 2, -10, 3, -25]);
  expect(Array.from(curvePoints([-20, -10], 1, 2, 100))).toEqual([50, -20, 100, -10]);
});
