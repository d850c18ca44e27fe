import { requireLimiterStage } from '../kernel-options.ts';
import type { LimiterStageKernel, LimiterStageOptions } from '../interfaces/gains.ts';
import { createDelayGain } from './delay-gain.ts';
import { createLimiterGain } from './limiter-gain.ts';
import { createPeak } from './peak.ts';
import { createPrecisePeak } from './precise-peak.ts';

const capacityFrames = 4096;

/** Creates the scalar `LimiterStageKernel`: its parts, one after the other. */
export function createLimiterStage(options: LimiterStageOptions): LimiterStageKernel {
  requireLimiterStage(options);
  const { channelCounts, search, fir, delaySamples, inputGain, ceilingGain } = options;
  const createSearch = search === 'plain' ? createPeak : createPrecisePeak;
  const meters = channelCounts.map((count) => createSearch(count, fir));
  const curves = createLimiterGain(options);
  const delays = channelCounts.map((count) => createDelayGain(count, delaySamples));
  const gains = channelCounts.map(() => new Float32Array(capacityFrames));
  return {
    groupCount: channelCounts.length,
    capacityFrames,
    gains,
    isUnity: () => false,
    process(inputs, frameCount, outputs, lower) {
      for (const [group, meter] of meters.entries())
        meter.envelope(inputs[group]!, frameCount, ceilingGain, gains[group]!);
      curves.process(gains, frameCount, gains);
      lower?.(gains, frameCount);
      for (const [group, delay] of delays.entries())
        delay.process(inputs[group]!, inputGain, gains[group]!, frameCount, outputs[group]!);
    },
    reset() {
      for (const part of [...meters, curves, ...delays]) part.reset();
    },
  };
}
