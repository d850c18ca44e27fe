import { describe, expect, test } from 'vitest';
import { noise } from '../support.ts';
import { cut, cutSizes, emptyRows, rows, sets, slices } from './contract-support.ts';

describe.each(sets)('%s delay and gain', (_, kernels) => {
  const frames = 5001;
  const inputs = rows(3, frames);
  const gains = noise(frames, 5).map(Math.abs);
  const run = (delaySamples: number, size: number): Float32Array[] => {
    const kernel = kernels.createDelayGain(3, delaySamples);
    const outputs = emptyRows(3, frames);
    cut(frames, size, (from, to) => {
      const parts = outputs.map((output) => output.subarray(from, to));
      kernel.process(slices(inputs, from, to), 0.7, gains.subarray(from, to), to - from, parts);
    });
    return outputs;
  };

  test.each([0, 1, 61, 2000])('delays by %i samples and multiplies, the same bits for any cut', (delay) => {
    const whole = run(delay, frames);
    whole.forEach((output, row) => {
      const wanted = output.map((_, n) =>
        n < delay ? 0 : Math.fround(inputs[row]![n - delay]! * Math.fround(0.7)) * gains[n]!,
      );
      expect(output).toEqual(wanted);
    });
    for (const size of cutSizes) expect(run(delay, size)).toEqual(whole);
  });

  test('takes its outputs as inputs; reset forgets', () => {
    const kernel = kernels.createDelayGain(1, 5);
    const row = inputs[0]!.slice();
    kernel.process([row], 1, new Float32Array(frames).fill(1), frames, [row]);
    expect(row.subarray(5)).toEqual(inputs[0]!.subarray(0, frames - 5));
    kernel.reset();
    kernel.process([new Float32Array(8)], 1, gains, 8, [row]);
    expect(row.subarray(0, 8)).toEqual(new Float32Array(8));
  });
});
