import { afterEach, expect, test, vi } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { compile(bytes: Uint8Array): Promise<object> };
};

test('loads the set that is preferred, SIMD by default', async () => {
  expect((await loadKernels()).kind).toBe('simd');
  expect((await loadKernels({ prefer: 'scalar' })).kind).toBe('scalar');
});

test('every set is its own', async () => {
  const [a, b] = [await loadKernels(), await loadKernels()];
  expect(a).not.toBe(b);
});

test('falls back to the scalar set with a warning where the wasm cannot be compiled', async () => {
  vi.resetModules();
  vi.spyOn(webAssembly, 'compile').mockRejectedValue(new Error('no SIMD here'));
  const fresh = await import('../../src/kernels/load-kernels.ts');
  const warnings: Warning[] = [];
  const kernels = await fresh.loadKernels({ onWarning: (warning) => warnings.push(warning) });
  expect(kernels.kind).toBe('scalar');
  expect(warnings).toMatchObject([{ code: 'kernels-scalar-fallback' }]);
  expect(warnings[0]!.message).toContain('no SIMD here');
});
