import type { WarningHandler } from '../base/errors.ts';
import type { Kernels } from './kernels.ts';
import { createScalarKernels } from './scalar/scalar-kernels.ts';

/** What `loadKernels` may be told. */
export interface LoadKernelsOptions {
  /** Which set to load; default 'simd'. */
  readonly prefer?: 'simd' | 'scalar' | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** Loads a set of kernels. */
export async function loadKernels(_options: LoadKernelsOptions = {}): Promise<Kernels> {
  return createScalarKernels();
}
