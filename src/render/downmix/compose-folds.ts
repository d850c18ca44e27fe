import type { FoldDown } from './stereo-rules.ts';

/**
 * One fold-down behind another as one. What is turned by 90 degrees twice is turned upside down.
 * @param middleCount outputs of the first, inputs of the second
 */
export function composeFolds(first: FoldDown, second: FoldDown, middleCount: number): FoldDown {
  const inputCount = first.matrix.length / middleCount;
  const outputCount = second.matrix.length / middleCount;
  const sum = (...terms: readonly (readonly [Float64Array, Float64Array, number])[]): Float64Array =>
    Float64Array.from({ length: outputCount * inputCount }, (_, index) => {
      const [output, input] = [Math.floor(index / inputCount), index % inputCount];
      let total = 0;
      for (const [outer, inner, sign] of terms)
        for (let middle = 0; middle < middleCount; middle++)
          total += sign * outer[output * middleCount + middle]! * inner[middle * inputCount + input]!;
      return total;
    });
  if (!first.quadrature && !second.quadrature)
    return { matrix: sum([second.matrix, first.matrix, 1]), quadrature: undefined };
  const inner = first.quadrature ?? new Float64Array(first.matrix.length);
  const outer = second.quadrature ?? new Float64Array(second.matrix.length);
  return {
    matrix: sum([second.matrix, first.matrix, 1], [outer, inner, -1]),
    quadrature: sum([second.matrix, inner, 1], [outer, first.matrix, 1]),
  };
}
