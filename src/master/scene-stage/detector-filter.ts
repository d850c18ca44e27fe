import type { Kernels } from '../../kernels/kernels.ts';
import type { BiquadCoefficients, FilterCascadeKernel } from '../../kernels/interfaces/filters.ts';
import { memberRoundFrames } from './process-members.ts';

/** Filters channels alike. */
export interface DetectorFilter {
  /** The channels themselves where there is no filter. */
  run(inputs: readonly Float32Array[], frameCount: number): readonly Float32Array[];
  reset(): void;
}

/** Creates such a filter for rounds of `memberRoundFrames` at most. */
export function createDetectorFilter(
  kernels: Kernels,
  channelCount: number,
  sections: readonly BiquadCoefficients[],
): DetectorFilter {
  const cascade: FilterCascadeKernel | undefined =
    sections.length > 0 && channelCount > 0
      ? kernels.createFilterCascade(Array.from({ length: channelCount }, () => sections))
      : undefined;
  const rows = Array.from({ length: cascade ? channelCount : 0 }, () => new Float32Array(memberRoundFrames));
  return {
    run(inputs, frameCount) {
      if (!cascade) return inputs;
      cascade.process(inputs, frameCount, rows);
      return rows;
    },
    reset: () => cascade?.reset(),
  };
}
