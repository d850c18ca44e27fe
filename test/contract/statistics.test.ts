import { describe, expect, test } from 'vitest';
import { rows, sets } from './contract-support.ts';

describe.each(sets)('%s statistics', (_, kernels) => {
  test('agree with plain sums, for all channel counts and lengths', () => {
    for (const channelCount of [1, 2, 5, 12, 64]) {
      const pairs = [[0, channelCount - 1] as const, [channelCount >> 1, 0] as const];
      const kernel = kernels.createStatistics(channelCount, pairs);
      for (const frames of [1, 3, 4, 481, 4800, 8200]) {
        const inputs = rows(channelCount, frames, frames);
        const statistics = new Float64Array(4 * channelCount);
        const products = new Float64Array(2);
        kernel.measure(inputs, frames, statistics, products);
        const sumOf = (row: Float32Array, other?: Float32Array): number =>
          row.reduce((sum, x, n) => sum + x * (other ? other[n]! : 1), 0);
        inputs.forEach((row, channel) => {
          const [sum, squares, lowest, highest] = statistics.subarray(4 * channel, 4 * channel + 4);
          expect(Math.abs(sum! - sumOf(row))).toBeLessThan(1e-9);
          expect(Math.abs(squares! - sumOf(row, row))).toBeLessThan(1e-9);
          expect([lowest, highest]).toEqual([Math.min(...row), Math.max(...row)]);
        });
        pairs.forEach(([first, second], pair) =>
          expect(Math.abs(products[pair]! - sumOf(inputs[first]!, inputs[second]))).toBeLessThan(1e-9),
        );
      }
    }
  });

  test('denormal samples are silence; NaN stays in its channel', () => {
    const kernel = kernels.createStatistics(2, [[1, 1]]);
    const statistics = new Float64Array(8);
    const products = new Float64Array(1);
    kernel.measure(
      [Float32Array.of(NaN, 1, 1, 1), Float32Array.of(1e-38, -1e-38, 0.5, 1e-31)],
      4,
      statistics,
      products,
    );
    expect(statistics[0]).toBe(NaN);
    expect([...statistics.subarray(4)]).toEqual([0.5, 0.25, 0, 0.5]);
    expect(products[0]).toBe(0.25);
  });

  test('refuses pairs of channels that are not there', () => {
    expect(() => kernels.createStatistics(2, [[0, 2]])).toThrow('0..1 is allowed');
  });
});
