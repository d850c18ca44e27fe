import { expect, test } from 'vitest';
import { createBandSplit } from '../../../src/kernels/simd/band-split.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

const wasm = new WasmInstance(await compileWasm());

test('a low-pass without poles: its square, and what the all-pass z^-2 has more', () => {
  const kernel = createBandSplit(wasm, {
    crossovers: [{ gain: 0.25, a1: 0, a2: 0 }],
    detectorOfChannel: [0],
    gainSetOfChannel: [0],
    combination: 'max',
  });
  kernel.split([Float32Array.of(16, 0, 0, 0, 0)], 5);
  const bands = [
    [1, 0],
    [0, 1],
  ].map((gains) => {
    const output = new Float32Array(5);
    kernel.sum(
      gains.map((gain) => new Float32Array(5).fill(gain)),
      5,
      [output],
    );
    return [...output];
  });
  expect(bands).toEqual([
    [1, 4, 6, 4, 1],
    [-1, -4, 10, -4, -1],
  ]);
});
