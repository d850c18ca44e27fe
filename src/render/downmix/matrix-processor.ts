import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { createRampMixer } from '../ramp-mixer.ts';

/**
 * Applies constant gains.
 * @param matrix [output][input]
 */
export function createMatrixProcessor(
  kernels: Pick<Kernels, 'createMix'>,
  matrix: Float64Array,
  inputCount: number,
  outputCount: number,
): Processor {
  const sources = Array.from({ length: inputCount }, (_, input) => {
    const gains = Float64Array.from(
      { length: outputCount },
      (_, output) => matrix[output * inputCount + input]!,
    );
    const ramp = { startSample: 0, endSample: Infinity, gainsStart: gains, gainsEnd: gains };
    return () => [ramp].values();
  });
  return createRampMixer({ kernels, outputCount, sources });
}
