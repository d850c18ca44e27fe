import { expect, test } from 'vitest';
import { createDynamicsGain } from '../../../src/kernels/simd/dynamics-gain.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

const wasm = new WasmInstance(await compileWasm());

test('two rows of their own, by hand: half of what is above, and all that is missing', () => {
  const common = { kneeDb: 0, rangeDb: 12, meanShare: 1, release: { factor: 0.5, charge: 0, discharge: 0 } };
  const kernel = createDynamicsGain(wasm, [
    { ...common, thresholdDb: -20, slope: 0.5, side: 'above', attackFactor: 0 },
    { ...common, thresholdDb: -20, slope: 1, side: 'below', attackFactor: 0.5 },
  ]);
  const powers = [Float32Array.of(1, 0.01, 0.01, 1), Float32Array.of(1, 0.001, 0.001, 0)];
  kernel.process(powers, 4, powers);
  const wanted = [
    [10, 5, 2.5, 10],
    [0, 5, 7.5, 9.75],
  ];
  for (const [row, values] of wanted.entries())
    for (const [n, value] of values.entries()) expect(powers[row]![n]).toBeCloseTo(value, 4);
});
