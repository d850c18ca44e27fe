import { describe, expect, test } from 'vitest';
import { noise } from '../support.ts';
import { cut, emptyRows, largestDifference, rows, sets, slices } from './contract-support.ts';

describe.each(sets)('%s channel convolver', (_, kernels) => {
  const run = (
    inputs: readonly Float32Array[],
    additions: readonly Float32Array[],
    filters: readonly Float32Array[],
    hopFrames: number,
  ): Float32Array[] => {
    const convolver = kernels.createChannelConvolver({ filters, hopFrames });
    const outputs = additions.map((addition) => addition.slice());
    cut(inputs[0]!.length, hopFrames, (from, to) => {
      const hop = outputs.map((output) => output.subarray(from, to));
      convolver.processHop(slices(inputs, from, to), hop, hop);
    });
    return outputs;
  };

  test.each([
    [1, 1, 64],
    [2, 7, 80],
    [8, 64, 64],
    [9, 200, 112],
    [12, 512, 1536],
    [17, 33, 256],
  ])(
    'agrees with direct convolution in float64: %i channels, up to %i taps, hop %i',
    (count, tapCount, hopFrames) => {
      const inputs = rows(count, 4 * hopFrames);
      const additions = rows(count, 4 * hopFrames, 3);
      const filters = inputs.map((_, i) => noise(Math.max(1, tapCount - i), i + 50, 1 / Math.sqrt(tapCount)));
      run(inputs, additions, filters, hopFrames).forEach((output, channel) => {
        const expected = Float64Array.from(additions[channel]!, (addition, n) =>
          filters[channel]!.reduce((sum, tap, k) => sum + tap * (inputs[channel]![n - k] ?? 0), addition),
        );
        expect(largestDifference(output, expected)).toBeLessThan(1e-6);
      });
    },
  );

  test('reset forgets the audio; NaN leaves with its window; silence is not touched', () => {
    const filters = rows(3, 100);
    const convolver = kernels.createChannelConvolver({ filters, hopFrames: 128 });
    const outputs = emptyRows(3, 128);
    convolver.processHop(
      outputs.map(() => new Float32Array(128).fill(NaN)),
      emptyRows(3, 128),
      outputs,
    );
    for (let hop = 0; hop < 4; hop++) convolver.processHop(rows(3, 128), emptyRows(3, 128), outputs);
    expect(outputs.every((output) => output.every(Number.isFinite))).toBe(true);
    convolver.reset();
    const additions = rows(3, 128, 9);
    convolver.processHop(emptyRows(3, 128), additions, outputs);
    expect(outputs).toEqual(additions);
  });

  test('refuses options that are not allowed', () => {
    expect(() => kernels.createChannelConvolver({ filters: [], hopFrames: 64 })).toThrow('filters.length');
    expect(() => kernels.createChannelConvolver({ filters: rows(1, 5), hopFrames: 60 })).toThrow('hopFrames');
  });
});

test('the twins of the channel convolver agree', () => {
  const options = { filters: rows(12, 512, 4, 0.1), hopFrames: 1536 };
  const inputs = rows(12, 1536);
  const outputs = sets.map(([, kernels]) => {
    const output = emptyRows(12, 1536);
    kernels.createChannelConvolver(options).processHop(inputs, rows(12, 1536, 2), output);
    return output;
  });
  outputs[0]!.forEach((row, channel) =>
    expect(largestDifference(row, outputs[1]![channel]!)).toBeLessThan(2e-6),
  );
});
