import { expect, test } from 'vitest';
import { createStatistics } from '../../../src/kernels/simd/statistics.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('a stretch may be longer than the room of a call, and each starts anew', async () => {
  const kernel = createStatistics(new WasmInstance(await compileWasm()), 2, [[0, 1]]);
  const statistics = new Float64Array(8);
  const products = new Float64Array(1);
  const inputs = [new Float32Array(10001).fill(0.5), new Float32Array(10001).fill(-0.25)];
  for (let run = 0; run < 2; run++) kernel.measure(inputs, 10001, statistics, products);
  expect([...statistics]).toEqual([5000.5, 2500.25, 0.5, 0.5, -2500.25, 625.0625, -0.25, -0.25]);
  expect(products[0]).toBe(-0.125 * 10001);
  expect(() => kernel.measure(inputs, 10002, statistics, products)).toThrow('10001 of 10002');
});
