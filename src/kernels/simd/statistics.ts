import { requireFrames, requirePairs } from '../kernel-options.ts';
import type { StatisticsKernel } from '../interfaces/meters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `StatisticsKernel`: four samples a vector, sums in float64. */
export function createStatistics(
  wasm: WasmInstance,
  channelCount: number,
  pairs: readonly (readonly [number, number])[],
): StatisticsKernel {
  requirePairs(channelCount, pairs);
  const { exports } = wasm;
  const kernel = exports.createStatistics(channelCount);
  const capacityFrames = exports.statisticsCapacityFrames();
  const resultsAt = exports.statisticsResults(kernel) / 8;
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.statisticsInput(kernel, channel),
  );

  return {
    channelCount,
    measure(inputs, frameCount, statistics, products) {
      requireFrames('inputs', inputs, frameCount);
      exports.statisticsStart(kernel);
      products.fill(0);
      for (let from = 0; from < frameCount; from += capacityFrames) {
        const to = Math.min(from + capacityFrames, frameCount);
        for (let channel = 0; channel < channelCount; channel++) {
          wasm.copyIn(inputs[channel]!, from, to, inputAddresses[channel]!);
          exports.statisticsAdd(kernel, channel, to - from);
        }
        for (let pair = 0; pair < pairs.length; pair++) {
          const [first, second] = pairs[pair]!;
          products[pair]! += exports.statisticsProduct(kernel, first, second, to - from);
        }
      }
      const { doubles } = wasm;
      for (let index = 0; index < 4 * channelCount; index++) statistics[index] = doubles[resultsAt + index]!;
    },
  };
}
