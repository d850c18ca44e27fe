import { expect, test } from 'vitest';
import { createLevelsToGains } from '../../../src/kernels/simd/levels-to-gains.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

const levelsToGains = createLevelsToGains(new WasmInstance(await compileWasm()));

test('within 1e-6 of themselves over the whole range, in calls of any length', () => {
  const levels = Float32Array.from({ length: 9001 }, (_, n) => (n - 6000) / 50);
  const gains = new Float32Array(9001);
  levelsToGains(levels, 9001, 1, gains);
  for (const [n, gain] of gains.entries())
    expect(Math.abs(gain / 10 ** (levels[n]! / 20) - 1)).toBeLessThan(1e-6);
  expect(gains[6000]).toBe(1);
});
