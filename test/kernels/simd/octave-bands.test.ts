import { expect, test } from 'vitest';
import { createOctaveBands } from '../../../src/kernels/simd/octave-bands.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('each channel has its energies, more than four of them too; what was there is added to', async () => {
  const sections = [[0, 0] as const, [0, 0] as const, [0, 0] as const];
  const design = { bands: [{ stage: 0, isHighPass: true, sections, gain: 1 }], halfBandTaps: [0.25] };
  const kernel = createOctaveBands(new WasmInstance(await compileWasm()), 5, design);
  const inputs = Array.from({ length: 5 }, (_, channel) => {
    const input = new Float32Array(3000);
    input[1500] = channel;
    return input;
  });
  const energies = new Float64Array(5).fill(1);
  kernel.accumulate(inputs, 3000, energies);
  // (1 - z^-1)^6 has the squares of the binomials of six: 924 in all.
  expect([...energies]).toEqual([0, 1, 4, 9, 16].map((power) => 1 + 924 * power));
});
