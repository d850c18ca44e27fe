import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { noise } from '../support.ts';
import { cut, cutSizes, emptyRows, rows, scalar, sets, slices } from './contract-support.ts';

describe.each(sets)('%s noise shaper', (_, kernels) => {
  const frames = 5001;
  const errorFilter = [1.7, -1.2, 0.6, -0.1];
  const seedsOf = (channelCount: number): Int32Array =>
    Int32Array.from({ length: channelCount }, (__, channel) => 77 + channel * 123456789);
  const run = (set: Kernels, inputs: readonly Float32Array[], bitDepth: number, size = frames) => {
    const kernel = set.createNoiseShaper({ bitDepth, seeds: seedsOf(inputs.length), errorFilter });
    const outputs = emptyRows(inputs.length, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9])('%i channels: the bits of its twin, for any cut', (channelCount) => {
    const inputs = rows(channelCount, frames, 6, 1.1);
    inputs[0]!.set([NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e-10, 0.99999994], 10);
    for (const bitDepth of [16, 24]) {
      const whole = run(kernels, inputs, bitDepth);
      expect(run(scalar, inputs, bitDepth, 512)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, inputs, bitDepth, size)).toEqual(whole);
    }
  });

  test('its error is that of a quantiser through the filter, on the grid of the word length', () => {
    const inputs = rows(2, frames, 7, 0.9);
    const scale = 2 ** 15;
    for (const [channel, output] of run(kernels, inputs, 16).entries()) {
      const plain = new Float64Array(frames);
      output.forEach((value, n) => {
        expect(Number.isInteger(value * scale)).toBe(true);
        // Undoing the filter leaves the error of rounding with noise: at most 1.5 steps.
        const shaped = (value - inputs[channel]![n]!) * scale;
        plain[n] = errorFilter.reduce((sum, tap, k) => sum + tap * (plain[n - 1 - k] ?? 0), shaped);
        expect(Math.abs(plain[n]!)).toBeLessThan(1.501);
      });
    }
  });

  test('full scale and NaN leave no trace, and reset starts again', () => {
    const input = noise(frames, 8, 0.5);
    const disturbed = input.slice();
    disturbed.fill(4, 100, 200).fill(NaN, 200, 220);
    const kernel = kernels.createNoiseShaper({ bitDepth: 16, seeds: seedsOf(1), errorFilter });
    const output = new Float32Array(frames);
    kernel.process([disturbed], frames, [output]);
    const largest = (1.5 * (1 + 1.7 + 1.2 + 0.6 + 0.1)) / 2 ** 15;
    expect(output.subarray(100, 200).every((value) => value === 32767 / 32768)).toBe(true);
    expect(output.subarray(200, 220).every(Number.isNaN)).toBe(true);
    for (let n = 220; n < frames; n++) expect(Math.abs(output[n]! - input[n]!)).toBeLessThan(largest);
    kernel.reset();
    const again = new Float32Array(frames);
    kernel.process([disturbed], frames, [again]);
    expect(again).toEqual(output);
    expect(() => kernels.createNoiseShaper({ bitDepth: 16, seeds: seedsOf(1), errorFilter: [] })).toThrow(
      'errorFilter',
    );
  });
});
