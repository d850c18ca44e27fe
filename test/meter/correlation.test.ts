import { expect, test } from 'vitest';
import { createCorrelationMeter } from '../../src/meter/correlation.ts';

const frames = 4800;
/** Steps of two channels of these mean squares, whose products have this correlation. */
function correlate(steps: readonly (readonly [first: number, second: number, correlation: number])[]) {
  const meter = createCorrelationMeter();
  steps.forEach(([first, second, value], index) =>
    meter.take(
      first * frames,
      second * frames,
      value * Math.sqrt(first * second) * frames,
      frames,
      (index + 1) / 10,
    ),
  );
  return meter.result();
}
const four = <T>(value: T): T[] => [value, value, value, value];

test('equal, opposite and unrelated channels', () => {
  expect(correlate(four([0.1, 0.1, 1]))).toEqual({
    correlation: 1,
    correlationMin: 1,
    correlationMinEndSec: 0.4,
    monoFoldDb: 10 * Math.log10(2),
  });
  expect(correlate(four([0.1, 0.1, -1]))).toMatchObject({ correlation: -1, monoFoldDb: -Infinity });
  expect(correlate(four([0.1, 0.3, 0]))).toMatchObject({ correlation: 0, monoFoldDb: 0 });
  // Twice the amplitude on one side, in opposition: (1 - 2)^2 / (1 + 4).
  expect(correlate(four([0.1, 0.4, -1])).monoFoldDb).toBeCloseTo(10 * Math.log10(1 / 5), 9);
});

test('the lowest of any 400 ms, where both channels are above -70 dBFS', () => {
  const result = correlate([
    ...four([0.1, 0.1, 1] as const),
    ...four([0.1, 0.1, -0.5] as const),
    ...four([0.1, 0.1, 1] as const),
    ...four([0.1, 0.9e-7, -1] as const),
    ...four([0.1, 0.9e-7, -1] as const),
  ]);
  expect(result.correlationMin).toBeCloseTo(-0.5, 9);
  expect(result.correlationMinEndSec).toBe(0.8);
});

test('a silent channel has no correlation, and less than 400 ms no lowest', () => {
  expect(correlate(four([0.1, 0, 0]))).toEqual({
    correlation: NaN,
    correlationMin: NaN,
    correlationMinEndSec: NaN,
    monoFoldDb: 0,
  });
  expect(correlate([]).monoFoldDb).toBe(NaN);
  expect(correlate([[0.1, 0.1, 1]])).toMatchObject({ correlation: 1, correlationMin: NaN });
});
