import { requireFrames, requireLimiterGain } from '../kernel-options.ts';
import type { LimiterGainKernel, LimiterGainOptions } from '../interfaces/gains.ts';
import { limiterGrid } from '../limiter-grid.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Allocates a gain computer. @returns its address */
export function createGainCurves({ exports }: WasmInstance, options: LimiterGainOptions): number {
  requireLimiterGain(options);
  const { links, lookaheadSamples, holdSamples, release, ceilingGain } = options;
  const { boxSamples, grid, outputScale } = limiterGrid(lookaheadSamples);
  const groupCount = Math.sqrt(links.length);
  const windowSamples = lookaheadSamples + holdSamples + 1;
  const limiter = exports.createLimiterGain(
    groupCount,
    windowSamples,
    boxSamples,
    grid,
    outputScale,
    ceilingGain,
  );
  exports.limiterSetRelease(limiter, release.factor, release.charge, release.discharge);
  links.forEach((share, at) =>
    exports.limiterSetLink(limiter, Math.floor(at / groupCount), at % groupCount, share),
  );
  return limiter;
}

/** Creates the SIMD `LimiterGainKernel`. */
export function createLimiterGain(wasm: WasmInstance, options: LimiterGainOptions): LimiterGainKernel {
  const { exports } = wasm;
  const limiter = createGainCurves(wasm, options);
  const groupCount = Math.sqrt(options.links.length);
  const capacityFrames = exports.limiterCapacityFrames();
  const rows = Array.from({ length: groupCount }, (_, group) => exports.limiterRow(limiter, group));

  return {
    groupCount,
    latencySamples: options.lookaheadSamples,
    process(peaks, frameCount, gains) {
      requireFrames('peaks', peaks, frameCount);
      requireFrames('gains', gains, frameCount);
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        for (let group = 0; group < groupCount; group++) {
          wasm.copyIn(peaks[group]!, start, end, rows[group]!);
          exports.limiterRequire(limiter, group, end - start);
        }
        exports.limiterProcess(limiter, end - start);
        for (let group = 0; group < groupCount; group++) {
          if (exports.limiterIsUnity(limiter, group)) gains[group]!.fill(1, start, end);
          else wasm.copyOut(rows[group]!, gains[group]!, start, end);
        }
      }
    },
    reset: () => exports.limiterReset(limiter),
  };
}
