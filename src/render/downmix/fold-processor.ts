import type { Processor } from '../../base/processor.ts';
import { designQuadratureFir } from '../../dsp/quadrature-fir.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { createHopProcessor } from '../../dsp/hop-processor.ts';
import { createChain } from '../../dsp/processor-chain.ts';
import { createMatrixProcessor } from './matrix-processor.ts';
import type { FoldDown } from './stereo-rules.ts';

/** What `createFoldProcessor` needs. */
export interface FoldProcessorOptions {
  readonly kernels: Kernels;
  readonly fold: FoldDown;
  readonly inputCount: number;
  readonly outputCount: number;
  readonly sampleRateHz: number;
}

/** Applies a fold-down. It has latency only where phases are turned; what is not turned waits as long. */
export function createFoldProcessor(options: FoldProcessorOptions): Processor {
  const { kernels, fold, inputCount, outputCount, sampleRateHz } = options;
  const { matrix, quadrature } = fold;
  if (!quadrature) return createMatrixProcessor(kernels, matrix, inputCount, outputCount);
  const both = new Float64Array(2 * matrix.length);
  both.set(matrix);
  both.set(quadrature, matrix.length);
  return createChain(
    createMatrixProcessor(kernels, both, inputCount, 2 * outputCount),
    createQuadratureSum(kernels, outputCount, sampleRateHz),
  );
}

/** Frames that are turned at once: long enough for the filter to pay. */
const hopFrames = 4096;

/** Inputs: signals [outputCount], then those to be turned by 90 degrees [outputCount]; outputs: their sums. */
function createQuadratureSum(kernels: Kernels, outputCount: number, sampleRateHz: number): Processor {
  const { taps, delaySamples } = designQuadratureFir(sampleRateHz);
  const convolver = kernels.createChannelConvolver({
    filters: Array.from({ length: outputCount }, () => taps),
    hopFrames,
  });
  /** [output][the samples that wait, then the hop] */
  const lines = Array.from({ length: outputCount }, () => new Float32Array(delaySamples + hopFrames));
  const direct = lines.map((line) => line.subarray(0, hopFrames));
  const turned: Float32Array[] = [];
  return createHopProcessor({
    inputChannelCount: 2 * outputCount,
    outputChannelCount: outputCount,
    hopFrames,
    engineDelaySamples: delaySamples,
    engine: {
      processHop(inputs, outputs) {
        for (let output = 0; output < outputCount; output++) {
          lines[output]!.copyWithin(0, hopFrames);
          lines[output]!.set(inputs[output]!, delaySamples);
          turned[output] = inputs[outputCount + output]!;
        }
        convolver.processHop(turned, direct, outputs);
      },
      reset() {
        for (const line of lines) line.fill(0);
        convolver.reset();
      },
    },
  });
}
