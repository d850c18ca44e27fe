import { expect, test } from 'vitest';
import { createExtent } from '../../../src/kernels/simd/extent.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';
import { ring, upright } from '../extent-ring.ts';

test('a range of odd length does not count the point behind it; 36 outputs in groups of twelve', async () => {
  const extent = createExtent(new WasmInstance(await compileWasm()), ring, 36);
  const sums = new Float64Array(36);
  for (const endRad of [0.02, 0.5, 1.1, Math.PI]) {
    extent.sum({ ...upright, radiusRad: 0.1, endRad }, sums);
    const inside = [...sums].map((sum, n) => {
      const angleRad = (Math.min(n, 36 - n) * Math.PI) / 18;
      return sum === (angleRad <= endRad + 0.1 ? 1 : sum);
    });
    expect(inside.every(Boolean)).toBe(true);
    for (let n = 1; n < 36; n++) expect(sums[n]).toBeCloseTo(sums[36 - n]!, 9);
    expect(sums[18]).toBe(endRad === Math.PI ? 1 : 0);
  }
});
