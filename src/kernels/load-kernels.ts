import type { WarningHandler } from '../base/errors.ts';
import type { Kernels } from './kernels.ts';
import { createScalarKernels } from './scalar/scalar-kernels.ts';
import { createSimdKernels } from './simd/simd-kernels.ts';
import { compileWasm } from './simd/wasm-instance.ts';

/** What `loadKernels` may be told. */
export interface LoadKernelsOptions {
  /** Which set to load; default 'simd'. */
  readonly prefer?: 'simd' | 'scalar' | undefined;
  /** Receives 'kernels-scalar-fallback' when the SIMD set cannot be loaded. */
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Loads a set of kernels with its own memory: the SIMD set, or the scalar set where it is preferred or where
 * WebAssembly with SIMD is not to be had.
 */
export async function loadKernels({ prefer = 'simd', onWarning }: LoadKernelsOptions = {}): Promise<Kernels> {
  if (prefer === 'scalar') return createScalarKernels();
  try {
    return createSimdKernels(await compileWasm());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onWarning?.({
      code: 'kernels-scalar-fallback',
      message: `the SIMD kernels cannot be loaded (${reason}); the slower scalar kernels serve instead`,
    });
    return createScalarKernels();
  }
}
