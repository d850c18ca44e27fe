import { requireEarConvolver, requireEars, requireFrames } from '../kernel-options.ts';
import type { EarConvolverKernel, EarConvolverOptions } from '../kernels.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** How an ear convolver cuts its hops. */
export interface EarConvolverPlan {
  /** Length of the transforms, a power of two. */
  readonly fftLength: number;
  /** Frames that one transform yields; divides the hop. */
  readonly stepFrames: number;
}

/** The fastest plan where filters change in every hop: a transform for them, and one for each step. */
export function planEarConvolver(tapCount: number, hopFrames: number): EarConvolverPlan {
  let best: EarConvolverPlan | undefined;
  let leastCost = Infinity;
  for (let stepFrames = hopFrames; stepFrames >= 64; stepFrames /= 2) {
    const fftLength = 2 ** Math.ceil(Math.log2(stepFrames + tapCount - 1));
    const cost = (hopFrames / stepFrames + 1) * fftLength * Math.log2(fftLength);
    if (cost >= leastCost) continue;
    leastCost = cost;
    best = { fftLength, stepFrames };
  }
  return best!;
}

/** Creates the SIMD `EarConvolverKernel`: four sources a transform. */
export function createEarConvolver(wasm: WasmInstance, options: EarConvolverOptions): EarConvolverKernel {
  requireEarConvolver(options);
  const { sourceCount, tapCount, hopFrames, maximumDelaySamples, table } = options;
  const { exports } = wasm;
  const { fftLength, stepFrames } = planEarConvolver(tapCount, hopFrames);
  const convolver = exports.createEarConvolver(
    sourceCount,
    tapCount,
    hopFrames,
    fftLength,
    stepFrames,
    maximumDelaySamples,
    table.phasesPerSample,
    table.marginRows,
    table.coefficients.length / 16,
  );
  wasm.floats.set(table.coefficients, exports.earTable(convolver) / 4);
  const addresses = (of: (convolver: number, source: number) => number): number[] =>
    Array.from({ length: sourceCount }, (_, source) => of(convolver, source));
  const inputs = addresses(exports.earInput);
  const leftFilters = addresses(exports.earLeftFilter);
  const filterBytes = exports.earFilterBytes(convolver);
  const outputs = exports.earOutputs(convolver);

  function copyFilter(taps: Float32Array, address: number): void {
    const start = address / 4;
    wasm.floats.set(taps, start);
    wasm.floats.fill(0, start + taps.length, start + tapCount);
  }

  return {
    sourceCount,
    hopFrames,
    setEars(source, left, right, leftDelaySamples, rightDelaySamples) {
      requireEars(options, source, [left, right], [leftDelaySamples, rightDelaySamples]);
      copyFilter(left, leftFilters[source]!);
      copyFilter(right, leftFilters[source]! + filterBytes);
      exports.earMarkChanged(convolver, source);
      exports.earSetDelays(convolver, source, leftDelaySamples, rightDelaySamples);
    },
    processHop(channels, left, right) {
      requireFrames('inputs', channels, hopFrames);
      for (let source = 0; source < sourceCount; source++)
        wasm.copyIn(channels[source]!, 0, hopFrames, inputs[source]!);
      exports.earProcessHop(convolver);
      wasm.copyOut(outputs, left, 0, hopFrames);
      wasm.copyOut(outputs + hopFrames * 4, right, 0, hopFrames);
    },
    reset: () => exports.earReset(convolver),
  };
}
