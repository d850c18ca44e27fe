import { expect, test } from 'vitest';
import { rationalToSec } from '../../src/base/time.ts';
import {
  blockTimes,
  exactSeconds,
  formatSeconds,
  subtractRational,
  zeroSec,
} from '../../src/scene/block-timing.ts';

test('times are exact', () => {
  expect(exactSeconds('1001/30000')).toEqual({ numerator: 1001n, denominator: 30000n });
  expect(exactSeconds(0.1)).toEqual({ numerator: 1n, denominator: 10n });
  expect(rationalToSec(subtractRational(exactSeconds(0.3), exactSeconds('1/10')))).toBe(0.2);
});

test('times are written as numbers where these are exact, else as fractions', () => {
  const written = (numerator: bigint, denominator: bigint) => formatSeconds({ numerator, denominator });
  expect(written(24_000n, 48_000n)).toBe(0.5);
  expect(written(2n, 100_000n)).toBe(0.00002);
  expect(written(2002n, 60_000n)).toBe('1001/30000');
  expect(written(2_000_000n, 1n)).toBe('2000000/1');
  // Longer than a document may have: to the nanosecond.
  expect(written(10n ** 31n + 1n, 3n * 10n ** 31n)).toBe(0.333333333);
});

test('what blocks leave out follows from their neighbours', () => {
  const times = blockTimes([
    {},
    { startSec: 2, durationSec: 0.5 },
    { durationSec: 1 },
    undefined,
    { startSec: 9 },
  ]);
  const seconds = times.map(({ startSec, durationSec }) => [
    rationalToSec(startSec),
    durationSec && rationalToSec(durationSec),
  ]);
  expect(seconds).toEqual([
    [0, 2],
    [2, 0.5],
    [2.5, 1],
    [3.5, 5.5],
    [9, undefined],
  ]);
  expect(blockTimes([{}])).toEqual([{ startSec: zeroSec, durationSec: undefined }]);
});
