import { describe, expect, test } from 'vitest';
import type { FixedConvolverOptions } from '../../src/kernels/interfaces/convolvers.ts';
import { noise } from '../support.ts';
import { cut, emptyRows, filterPairs, largestDifference, rows, sets } from './contract-support.ts';

describe.each(sets)('%s fixed convolver', (_, kernels) => {
  /** Loads, convolves and stores in pieces; every hop comes out one hop later. */
  function run(
    options: FixedConvolverOptions,
    inputs: readonly Float32Array[],
    pieceFrames = options.hopFrames,
  ): { ears: Float32Array[]; sent: Float32Array } {
    const convolver = kernels.createFixedConvolver(options);
    const [left, right, sent] = emptyRows(3, inputs[0]!.length);
    for (let hop = 0; hop < inputs[0]!.length; hop += options.hopFrames) {
      cut(options.hopFrames, pieceFrames, (from, to) => {
        inputs.forEach((input, i) => convolver.load(i, input, hop + from, hop + to, from));
        convolver.send(sent!, hop + from, from, to);
        convolver.store(left!, right!, hop + from, from, to);
      });
      convolver.processHop();
    }
    return { ears: [left!, right!], sent: sent! };
  }

  test.each([
    [1, 1, 64],
    [2, 7, 80],
    [9, 200, 112],
    [6, 300, 512],
    [17, 33, 256],
  ])(
    'agrees with direct convolution in float64: %i inputs, %i taps, hop %i',
    (count, tapCount, hopFrames) => {
      const inputs = rows(count, 4 * hopFrames, 1, 1 / Math.sqrt(count));
      const filters = filterPairs(count, tapCount);
      const sendGains = inputs.map((_, i) => (i % 3 ? 1 / (i + 1) : 0));
      const { ears, sent } = run({ filters, sendGains, hopFrames }, inputs);
      (['left', 'right'] as const).forEach((side, ear) => {
        const expected = Float64Array.from({ length: 4 * hopFrames }, (_, n) =>
          inputs.reduce(
            (sum, input, i) =>
              filters[i]![side].reduce((part, tap, k) => part + tap * (input[n - hopFrames - k] ?? 0), sum),
            0,
          ),
        );
        expect(largestDifference(ears[ear]!, expected)).toBeLessThan(2e-6);
      });
      const sums = sent.map((_, n) => inputs.reduce((sum, input, i) => sum + sendGains[i]! * input[n]!, 0));
      expect(largestDifference(sent, sums)).toBeLessThan(1e-6);
    },
  );

  test('gives the same bits for any cut', () => {
    const options = { filters: filterPairs(3, 90), sendGains: [1, 0.5, 0.25], hopFrames: 128 };
    const whole = run(options, rows(3, 768));
    for (const size of [8, 24, 120]) expect(run(options, rows(3, 768), size)).toEqual(whole);
  });

  test('reset forgets the audio; NaN leaves with its window; silence stays silence', () => {
    const options = { filters: filterPairs(3, 100), sendGains: [], hopFrames: 128 };
    const convolver = kernels.createFixedConvolver(options);
    const ears = emptyRows(2, 128);
    const round = (input: Float32Array) => {
      for (let i = 0; i < 3; i++) convolver.load(i, input, 0, 128, 0);
      convolver.processHop();
      convolver.store(ears[0]!, ears[1]!, 0, 0, 128);
    };
    round(new Float32Array(128).fill(NaN));
    for (let hop = 0; hop < 4; hop++) round(noise(128, hop));
    expect(ears.every((ear) => ear.every(Number.isFinite))).toBe(true);
    convolver.reset();
    convolver.store(ears[0]!, ears[1]!, 0, 0, 128);
    expect(ears).toEqual(emptyRows(2, 128));
    round(new Float32Array(128));
    expect(ears).toEqual(emptyRows(2, 128));
  });

  test('refuses options that are not allowed', () => {
    const options = { filters: filterPairs(1, 5), sendGains: [], hopFrames: 64 };
    const create = (more: object) => () => kernels.createFixedConvolver({ ...options, ...more });
    expect(create({ filters: [] })).toThrow('filters.length');
    expect(create({ hopFrames: 60 })).toThrow('hopFrames');
    expect(create({ sendGains: [1, 1] })).toThrow('sendGains.length');
    expect(() => create({})().send(new Float32Array(64), 0, 0, 60)).toThrow('an eighth of a piece');
  });
});
