import { expect, test } from 'vitest';
import { createChannelConvolver } from '../../../src/kernels/simd/channel-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('each channel of two batches goes through its own filter', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const filters = Array.from({ length: 10 }, (_, channel) => {
    const filter = new Float32Array(12);
    filter[channel] = channel + 1;
    return filter;
  });
  const convolver = createChannelConvolver(wasm, { filters, hopFrames: 16 });
  const impulses = filters.map(() => Float32Array.of(1, ...new Array<number>(15).fill(0)));
  const outputs = filters.map(() => new Float32Array(16));
  convolver.processHop(
    impulses,
    filters.map(() => new Float32Array(16)),
    outputs,
  );
  outputs.forEach((output, channel) =>
    output.forEach((value, n) => expect(value).toBeCloseTo(n === channel ? channel + 1 : 0, 5)),
  );
});
