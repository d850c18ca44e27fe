import { describe, expect, test } from 'vitest';
import { noise } from '../support.ts';
import { cut, emptyRows, largestDifference, rows, sets } from './contract-support.ts';

describe.each(sets)('%s mix convolver', (_, kernels) => {
  const options = { sourceCount: 3, filters: rows(3, 90, 7, 0.1), hopFrames: 128, directDelaySamples: 41 };
  const hops = 6;
  const sources = rows(3, hops * 128);
  const gains = sources.map((_, source) => Float64Array.from(noise(6, 60 + source)));

  /** Mixes and convolves in pieces of `size` frames; every hop comes out one hop later. */
  function run(size: number): Float32Array[] {
    const kernel = kernels.createMixConvolver(options);
    const outputs = emptyRows(3, hops * 128);
    for (let pass = 0; pass < 2; pass++) {
      kernel.reset();
      gains.forEach((row, source) => kernel.setRamp(source, row, row, Infinity, 0));
      for (let hop = 0; hop < hops; hop++) {
        cut(128, size, (from, to) => {
          for (let source = 0; source < 3; source++) {
            kernel.load(sources[source]!, hop * 128 + from, hop * 128 + to, from);
            kernel.mix(source, from, from, to);
          }
          kernel.store(outputs, hop * 128 + from, from, to);
        });
        kernel.processHop();
      }
    }
    return outputs;
  }

  test('agrees with a delay and direct convolution in float64', () => {
    const mixed = Array.from({ length: 6 }, (_, output) =>
      Float64Array.from({ length: hops * 128 }, (_, n) =>
        sources.reduce((sum, source, s) => sum + source[n]! * gains[s]![output]!, 0),
      ),
    );
    run(128).forEach((output, channel) => {
      const expected = Float64Array.from(output, (_, n) =>
        options.filters[channel]!.reduce(
          (sum, tap, k) => sum + tap * (mixed[3 + channel]![n - 128 - k] ?? 0),
          mixed[channel]![n - 128 - 41] ?? 0,
        ),
      );
      expect(largestDifference(output, expected)).toBeLessThan(2e-6);
    });
  });

  test('gives the same bits for any cut, also after a reset', () => {
    const whole = run(128);
    for (const size of [1, 7, 100]) expect(run(size)).toEqual(whole);
  });

  test('refuses options that are not allowed', () => {
    const create = (more: object) => () => kernels.createMixConvolver({ ...options, ...more });
    expect(create({ sourceCount: 0 })).toThrow('sourceCount');
    expect(create({ filters: [] })).toThrow('filters.length');
    expect(create({ directDelaySamples: -1 })).toThrow('directDelaySamples');
  });
});
