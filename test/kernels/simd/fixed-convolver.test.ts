import { expect, test } from 'vitest';
import { createFixedConvolver } from '../../../src/kernels/simd/fixed-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('impulses come out as the filters of their inputs, across hops, and some in the sum', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const filters = Array.from({ length: 3 }, (_, input) => ({
    left: Float32Array.of(...new Array<number>(input).fill(0), 1),
    right: Float32Array.of(...new Array<number>(20 + input).fill(0), -0.5),
  }));
  const convolver = createFixedConvolver(wasm, { filters, sendGains: [0, 2], hopFrames: 16 });
  const [left, right, sent] = [0, 1, 2].map(() => new Float32Array(48));
  for (let hop = 0; hop < 48; hop += 16) {
    // Input i has its impulse at frame 4 i.
    filters.forEach((_, input) => {
      const samples = new Float32Array(16);
      if (hop === 0) samples[4 * input] = 1;
      convolver.load(input, samples, 0, 16, 0);
    });
    convolver.send(sent!, hop, 0, 16);
    convolver.processHop();
    convolver.store(left!, right!, hop, 0, 16);
  }
  const heard = (ear: Float32Array) =>
    [...ear].flatMap((value, n) => (Math.abs(value) > 1e-5 ? [[n, Math.round(value * 1e5) / 1e5]] : []));
  expect(heard(left!)).toEqual([0, 5, 10].map((n) => [n, 1]));
  expect(heard(right!)).toEqual([20, 25, 30].map((n) => [n, -0.5]));
  expect(heard(sent!)).toEqual([[4, 2]]);
});
