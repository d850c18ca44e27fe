import { requireFrames, requirePairs } from '../kernel-options.ts';
import type { StatisticsKernel } from '../interfaces/meters.ts';

/** Samples below this count as silence. */
const smallestInput = 1e-30;
const audible = (sample: number): number => (Math.abs(sample) < smallestInput ? 0 : sample);

/** Creates the scalar `StatisticsKernel`. */
export function createStatistics(
  channelCount: number,
  pairs: readonly (readonly [number, number])[],
): StatisticsKernel {
  requirePairs(channelCount, pairs);
  return {
    channelCount,
    measure(inputs, frameCount, statistics, products) {
      requireFrames('inputs', inputs, frameCount);
      for (let channel = 0; channel < channelCount; channel++) {
        const input = inputs[channel]!;
        let [sum, squares, lowest, highest] = [0, 0, Infinity, -Infinity];
        for (let frame = 0; frame < frameCount; frame++) {
          const x = audible(input[frame]!);
          sum += x;
          squares += x * x;
          if (x < lowest) lowest = x;
          if (x > highest) highest = x;
        }
        statistics.set([sum, squares, lowest, highest], 4 * channel);
      }
      pairs.forEach(([first, second], pair) => {
        let product = 0;
        for (let frame = 0; frame < frameCount; frame++)
          product += audible(inputs[first]![frame]!) * audible(inputs[second]![frame]!);
        products[pair] = product;
      });
    },
  };
}
