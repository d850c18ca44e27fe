import { requireLimiterGain } from '../kernel-options.ts';
import type { LimiterGainKernel, LimiterGainOptions } from '../kernels.ts';
import { limiterGrid } from '../limiter-grid.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the WebAssembly `LimiterGainKernel`; equal to its scalar twin bit by bit. */
export function createLimiterGain(wasm: WasmInstance, options: LimiterGainOptions): LimiterGainKernel {
  requireLimiterGain(options);
  const { exports } = wasm;
  const { lookaheadSamples, releaseFactor, holdSamples = 0, ceilingGain } = options;
  const { boxSamples, grid, outputScale } = limiterGrid(lookaheadSamples);
  const limiter = exports.createLimiterGain(
    lookaheadSamples + holdSamples + 1,
    boxSamples,
    releaseFactor,
    grid,
    outputScale,
  );
  const capacityFrames = exports.limiterCapacityFrames();
  const gains = exports.limiterGains(limiter);

  return {
    latencySamples: lookaheadSamples,
    process(required, frameCount, output) {
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        wasm.copyIn(required, start, end, gains);
        if (ceilingGain !== undefined) exports.limiterRequire(limiter, end - start, ceilingGain);
        exports.limiterProcess(limiter, end - start);
        wasm.copyOut(gains, output, start, end);
      }
    },
    reset: () => exports.limiterReset(limiter),
  };
}
