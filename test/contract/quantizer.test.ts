import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { QuantizerNoise } from '../../src/kernels/interfaces/quantizers.ts';
import { cut, cutSizes, emptyRows, rows, scalar, sets, slices } from './contract-support.ts';

describe.each(sets)('%s quantiser', (_, kernels) => {
  const frames = 5001;
  const seeds = Int32Array.of(1, -77, 123456789);
  const inputs = rows(3, frames, 4, 1.1);
  inputs[2]!.set([NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e-10, 0.99999994], 10);
  const run = (set: Kernels, bitDepth: number, noise: QuantizerNoise, size: number): Float32Array[] => {
    const kernel = set.createQuantizer({ bitDepth, noise, seeds });
    const outputs = emptyRows(3, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([16, 20, 24])('%i bit: the bits of its twin, for any cut, whatever the noise', (bitDepth) => {
    for (const noise of ['none', 'white', 'high-pass'] as const) {
      const whole = run(kernels, bitDepth, noise, frames);
      expect(run(scalar, bitDepth, noise, 512)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, bitDepth, noise, size)).toEqual(whole);
    }
  });

  test('rounds to the nearest step without noise, and within 1.5 steps with it', () => {
    const scale = 2 ** 23;
    for (const [noise, most] of [
      ['none', 0.5],
      ['white', 1.5],
      ['high-pass', 1.5],
    ] as const) {
      const [output] = run(kernels, 24, noise, frames);
      output!.forEach((value, n) => {
        const wanted = Math.max(-scale, Math.min(scale - 1, inputs[0]![n]! * scale));
        expect(Number.isInteger(value * scale)).toBe(true);
        expect(Math.abs(value * scale - wanted)).toBeLessThanOrEqual(most);
      });
    }
  });

  test('a gain in front rounds its products to float32', () => {
    const options = { bitDepth: 24, noise: 'white', seeds } as const;
    const [gained, plain] = [emptyRows(3, frames), emptyRows(3, frames)];
    kernels.createQuantizer({ ...options, inputGain: 0.7 }).process(inputs, frames, gained);
    const products = inputs.map((row) => row.map((x) => Math.fround(x * Math.fround(0.7))));
    kernels.createQuantizer(options).process(products, frames, plain);
    expect(gained).toEqual(plain);
  });

  test('clips infinity, hands NaN on, and starts again at reset', () => {
    const kernel = kernels.createQuantizer({ bitDepth: 16, noise: 'white', seeds: seeds.subarray(0, 1) });
    const row = Float32Array.of(NaN, Infinity, -Infinity, 0);
    const first = row.slice();
    kernel.process([row], 4, [first]);
    expect([...first.subarray(0, 3)]).toEqual([NaN, 32767 / 32768, -1]);
    kernel.reset();
    kernel.process([row], 4, [row]);
    expect(row).toEqual(first);
    expect(() => kernels.createQuantizer({ bitDepth: 25, noise: 'white', seeds })).toThrow('bitDepth');
  });
});
