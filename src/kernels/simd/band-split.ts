import { planBandSplit } from '../band-split-plan.ts';
import { requireBandSplit, requireFrames, requireInteger } from '../kernel-options.ts';
import type { BandSplitKernel, BandSplitOptions } from '../interfaces/filters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `BandSplitKernel`: four channels at once in the filters, four frames in all that follows. */
export function createBandSplit(wasm: WasmInstance, options: BandSplitOptions): BandSplitKernel {
  requireBandSplit(options);
  const { exports } = wasm;
  const { detectorOfChannel, gainSetOfChannel } = options;
  const channelCount = detectorOfChannel.length;
  const bandCount = options.crossovers.length + 1;
  const capacityFrames = exports.bandSplitCapacityFrames();
  const split = createSplit(wasm, options);
  const rowsOf = (numbers: readonly number[], rowOf: (number: number, band: number) => number): number[] =>
    Array.from({ length: (1 + Math.max(...numbers)) * bandCount }, (_, row) =>
      rowOf(Math.floor(row / bandCount), row % bandCount),
    );
  const inputRows = detectorOfChannel.map((_, channel) => exports.bandSplitInput(split, channel));
  const powerRows = rowsOf(detectorOfChannel, (detector, band) =>
    exports.bandSplitPowers(split, detector, band),
  );
  const gainRows = rowsOf(gainSetOfChannel, (gainSet, band) => exports.bandSplitGains(split, gainSet, band));
  const weightRow = exports.bandSplitWeights(split);
  const outputRow = exports.bandSplitOutput(split);
  const isSum = options.combination === 'sum';

  return {
    channelCount,
    bandCount,
    capacityFrames,
    split(inputs, frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      requireFrames('inputs', inputs, frameCount);
      for (let channel = 0; channel < channelCount; channel++)
        wasm.copyIn(inputs[channel]!, 0, frameCount, inputRows[channel]!);
      exports.bandSplitRun(split, frameCount);
    },
    load(band, inputs, frameCount) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      for (let channel = 0; channel < channelCount; channel++)
        wasm.copyIn(inputs[channel]!, 0, frameCount, exports.bandSplitBand(split, band, channel));
    },
    measure(weights, frameCount, powers) {
      requireFrames('powers', powers, frameCount);
      exports.bandSplitClearPowers(split);
      for (let channel = 0; channel < channelCount; channel++) {
        const detector = detectorOfChannel[channel]!;
        if (detector < 0) continue;
        const own = weights[channel];
        if (own) wasm.copyIn(own, 0, frameCount, weightRow);
        exports.bandSplitMeasure(split, channel, detector, own !== undefined, isSum, frameCount);
      }
      for (let row = 0; row < powerRows.length; row++)
        wasm.copyOut(powerRows[row]!, powers[row]!, 0, frameCount);
    },
    sum(gains, frameCount, outputs) {
      requireFrames('gains', gains, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let row = 0; row < gainRows.length; row++) wasm.copyIn(gains[row]!, 0, frameCount, gainRows[row]!);
      for (let channel = 0; channel < channelCount; channel++) {
        exports.bandSplitSum(split, channel, gainSetOfChannel[channel]!, frameCount);
        wasm.copyOut(outputRow, outputs[channel]!, 0, frameCount);
      }
    },
    reset: () => exports.bandSplitReset(split),
  };
}

/** Allocates the split and tells it its steps. */
function createSplit({ exports }: WasmInstance, options: BandSplitOptions): number {
  const { crossovers, detectorOfChannel, gainSetOfChannel } = options;
  const steps = planBandSplit(crossovers.length);
  const split = exports.createBandSplit(
    detectorOfChannel.length,
    crossovers.length,
    steps.length,
    1 + Math.max(...detectorOfChannel),
    1 + Math.max(...gainSetOfChannel),
  );
  for (const [index, { gain, a1, a2 }] of crossovers.entries())
    exports.bandSplitSetCrossover(split, index, gain, a1, a2);
  for (const [index, { kind, crossover, from, to }] of steps.entries())
    exports.bandSplitSetStep(split, index, kind === 'split', crossover, from, to);
  return split;
}
