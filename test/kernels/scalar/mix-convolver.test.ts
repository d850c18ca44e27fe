import { expect, test } from 'vitest';
import { createMixConvolver } from '../../../src/kernels/scalar/mix-convolver.ts';

test('the direct part waits, the other goes through the filter, both a hop later', () => {
  const filters = [Float32Array.of(0, 0, 0.25)];
  const options = { sourceCount: 1, filters, hopFrames: 16, directDelaySamples: 5 };
  const kernel = createMixConvolver(options);
  const gains = Float64Array.of(1, 2);
  kernel.setRamp(0, gains, gains, Infinity, 0);
  kernel.load(Float32Array.of(1), 0, 1, 14);
  kernel.mix(0, 0, 14, 15);
  const output = [new Float32Array(32)];
  for (let hop = 0; hop < 2; hop++) {
    kernel.processHop();
    kernel.store(output, 16 * hop, 0, 16);
  }
  const sounding = [...output[0]!].flatMap((value, n) => (Math.abs(value) > 1e-6 ? [[n, value]] : []));
  expect(sounding.map(([n]) => n)).toEqual([16, 19]);
  expect(sounding[0]![1]).toBeCloseTo(0.5, 6);
  expect(sounding[1]![1]).toBeCloseTo(1, 6);
});
