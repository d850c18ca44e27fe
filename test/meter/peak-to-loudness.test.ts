import { expect, test } from 'vitest';
import { leastPsr, peakToLoudnessDb } from '../../src/meter/peak-to-loudness.ts';

test('PLR is peak above loudness', () => {
  expect(peakToLoudnessDb(-1, -14)).toBe(13);
  expect(peakToLoudnessDb(-Infinity, -Infinity)).toBe(NaN);
});

const curveOf = (shortTermLufs: number[]) => ({ stepSec: 0.1, momentaryLufs: [], shortTermLufs });

test('the least PSR: peak of 3 s above the loudness of the same 3 s', () => {
  const stepPeaks = new Float32Array(50).fill(0.1);
  stepPeaks[4] = 1;
  const loudness = new Array<number>(50).fill(-30);
  loudness[40] = -24;
  // The window that ends with step 40 starts at step 11 and does not hold the peak of 1.
  const { psrMinDb, psrMinEndSec } = leastPsr(curveOf(loudness), stepPeaks, -28);
  expect(psrMinDb).toBeCloseTo(4, 6);
  expect(psrMinEndSec).toBe(4.1);
  // Windows that end before 3 s are not whole.
  loudness[20] = 0;
  expect(leastPsr(curveOf(loudness), stepPeaks, -28)).toEqual({ psrMinDb, psrMinEndSec });
});

test('what is nearly silent, absolutely or beside the rest, does not count', () => {
  const stepPeaks = new Float32Array(40).fill(0.001);
  const quiet = new Array<number>(40).fill(-65);
  expect(leastPsr(curveOf(quiet), stepPeaks, -65).psrMinDb).toBeCloseTo(5, 4);
  expect(leastPsr(curveOf(quiet), stepPeaks, -44)).toEqual({ psrMinDb: NaN, psrMinEndSec: NaN });
  const silent = new Array<number>(40).fill(-Infinity);
  expect(leastPsr(curveOf(silent), new Float32Array(40), -Infinity).psrMinDb).toBe(NaN);
});
