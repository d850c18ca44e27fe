import { requireFrames, requireInteger, requireLimiterStage } from '../kernel-options.ts';
import type { LimiterStageKernel, LimiterStageOptions } from '../interfaces/gains.ts';
import { createGainCurves } from './limiter-gain.ts';
import { setPeakBounds, type RowSearch } from './peak-rows.ts';
import { createPeakSearch } from './peak.ts';
import { createPreciseSearch } from './precise-peak.ts';
import type { WasmInstance } from './wasm-instance.ts';

/**
 * Creates the SIMD `LimiterStageKernel`. Its parts share their memory: peaks are found in the lines of the delay, and
 * raise envelopes where the gain curves take them. What nobody turns down is only delayed.
 */
export function createLimiterStage(wasm: WasmInstance, options: LimiterStageOptions): LimiterStageKernel {
  requireLimiterStage(options);
  const { exports } = wasm;
  const { channelCounts, delaySamples, inputGain, ceilingGain } = options;
  const search = createSearch(wasm, options);
  const curves = createGainCurves(wasm, options);
  const channelCount = channelCounts.reduce((sum, count) => sum + count, 0);
  const delay = exports.createDelayGain(channelCount, delaySamples, exports.peakHistoryFrames(search.rows));
  exports.peakVisit(search.rows, 0, exports.delayInput(delay, 0), exports.delayRowBytes(delay));
  const capacityFrames = exports.delayCapacityFrames();
  const firstChannels = channelCounts.map((_, group) =>
    channelCounts.slice(0, group).reduce((sum, count) => sum + count, 0),
  );
  const lines = Array.from({ length: channelCount }, (_, channel) => exports.delayInput(delay, channel));
  const rows = channelCounts.map((_, group) => exports.limiterRow(curves, group));
  const outputRow = exports.delayOutput(delay);
  const gains = channelCounts.map(() => new Float32Array(capacityFrames));
  const isUnity = channelCounts.map(() => true);

  const hear = (group: number, inputs: readonly Float32Array[], frameCount: number): void => {
    exports.peakStartEnvelope(search.rows, rows[group]!);
    for (let index = 0; index < inputs.length; index++) {
      const channel = firstChannels[group]! + index;
      wasm.copyIn(inputs[index]!, 0, frameCount, lines[channel]!);
      exports.peakLoad(search.rows, channel, frameCount);
      search.raiseEnvelope(channel, frameCount, ceilingGain);
    }
    if (exports.peakIsRaised(search.rows)) exports.limiterRequire(curves, group, frameCount);
    else exports.limiterRequireNothing(curves, group);
  };
  /** Brings the gains out. */
  const take = (group: number, frameCount: number, isLowered: boolean): void => {
    isUnity[group] = exports.limiterIsUnity(curves, group) !== 0;
    if (!isUnity[group]) wasm.copyOut(rows[group]!, gains[group]!, 0, frameCount);
    else if (isLowered) gains[group]!.fill(1, 0, frameCount);
  };
  const give = (group: number, outputs: readonly Float32Array[], frameCount: number): void => {
    const gainRow = isUnity[group] ? 0 : rows[group]!;
    for (let index = 0; index < outputs.length; index++) {
      exports.delayGive(delay, firstChannels[group]! + index, frameCount, inputGain, gainRow);
      wasm.copyOut(outputRow, outputs[index]!, 0, frameCount);
    }
  };
  return {
    groupCount: channelCounts.length,
    capacityFrames,
    gains,
    isUnity: (group) => isUnity[group]!,
    process(inputs, frameCount, outputs, lower) {
      requireInteger('frameCount', frameCount, 0, capacityFrames);
      for (let group = 0; group < rows.length; group++) {
        requireFrames('inputs', inputs[group]!, frameCount);
        hear(group, inputs[group]!, frameCount);
      }
      exports.limiterProcess(curves, frameCount);
      for (let group = 0; group < rows.length; group++) take(group, frameCount, lower !== undefined);
      if (lower) {
        lower(gains, frameCount);
        isUnity.fill(false);
        for (let group = 0; group < rows.length; group++)
          wasm.copyIn(gains[group]!, 0, frameCount, rows[group]!);
      }
      for (let group = 0; group < rows.length; group++) {
        requireFrames('outputs', outputs[group]!, frameCount);
        give(group, outputs[group]!, frameCount);
      }
    },
    reset() {
      exports.limiterReset(curves);
      exports.delayReset(delay);
    },
  };
}

/** A search without rows of its own. */
function createSearch(wasm: WasmInstance, { search, fir }: LimiterStageOptions): RowSearch {
  const created = search === 'plain' ? createPeakSearch(wasm, 0, fir) : createPreciseSearch(wasm, 0, fir);
  setPeakBounds(wasm, created.rows, fir);
  return created;
}
