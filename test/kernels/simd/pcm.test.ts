import { expect, test } from 'vitest';
import { createPcm } from '../../../src/kernels/simd/pcm.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('more channels than the vector memory holds take the scalar way', async () => {
  const { decodePcm, encodePcm } = createPcm(new WasmInstance(await compileWasm()));
  const inputs = Array.from({ length: 5000 }, (_, channel) => Float32Array.of(channel / 8192, -0.5));
  const bytes = new Uint8Array(5000 * 2 * 2);
  encodePcm('int16', inputs, 2, bytes);
  const outputs = inputs.map(() => new Float32Array(2));
  decodePcm('int16', bytes, 2, outputs);
  expect(outputs).toEqual(inputs);
});
