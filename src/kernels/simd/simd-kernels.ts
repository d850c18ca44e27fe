import type { Kernels } from '../kernels.ts';
import { createBandSplit } from './band-split.ts';
import { createChannelConvolver } from './channel-convolver.ts';
import { createFeedbackDelay } from './feedback-delay.ts';
import { createFixedConvolver } from './fixed-convolver.ts';
import { createEarConvolver } from './ear-convolver.ts';
import { createDelayGain } from './delay-gain.ts';
import { createDynamicsGain } from './dynamics-gain.ts';
import { createExtent } from './extent.ts';
import { createFilterCascade } from './filter-cascade.ts';
import { createLevelsToGains } from './levels-to-gains.ts';
import { createLimiterGain } from './limiter-gain.ts';
import { createLimiterStage } from './limiter-stage.ts';
import { createMix } from './mix.ts';
import { createMixConvolver } from './mix-convolver.ts';
import { createOctaveBands } from './octave-bands.ts';
import { createNoiseShaper } from './noise-shaper.ts';
import { createPcm } from './pcm.ts';
import { createPeak } from './peak.ts';
import { createPrecisePeak } from './precise-peak.ts';
import { createQuantizer } from './quantizer.ts';
import { createResampler } from './resampler.ts';
import { createStatistics } from './statistics.ts';
import { createStereoConvolver } from './stereo-convolver.ts';
import { WasmInstance } from './wasm-instance.ts';
import { createWeightedEnergy } from './weighted-energy.ts';

/** Creates a set of SIMD kernels with an instance and a memory of its own. @param module from `compileWasm` */
export function createSimdKernels(module: object): Kernels {
  const wasm = new WasmInstance(module);
  return {
    kind: 'simd',
    ...createPcm(wasm),
    createMix: (sourceCount, outputCount, capacityFrames) =>
      createMix(wasm, sourceCount, outputCount, capacityFrames),
    createWeightedEnergy: (channelCount, stages) => createWeightedEnergy(wasm, channelCount, stages),
    createStatistics: (channelCount, pairs) => createStatistics(wasm, channelCount, pairs),
    createOctaveBands: (channelCount, design) => createOctaveBands(wasm, channelCount, design),
    createFilterCascade: (sections) => createFilterCascade(wasm, sections),
    createBandSplit: (options) => createBandSplit(wasm, options),
    createPeak: (channelCount, fir) => createPeak(wasm, channelCount, fir),
    createPrecisePeak: (channelCount, fir) => createPrecisePeak(wasm, channelCount, fir),
    createLimiterGain: (options) => createLimiterGain(wasm, options),
    createLimiterStage: (options) => createLimiterStage(wasm, options),
    createDynamicsGain: (rows) => createDynamicsGain(wasm, rows),
    levelsToGains: createLevelsToGains(wasm),
    createDelayGain: (channelCount, delaySamples) => createDelayGain(wasm, channelCount, delaySamples),
    createQuantizer: (options) => createQuantizer(wasm, options),
    createNoiseShaper: (options) => createNoiseShaper(wasm, options),
    createResampler: (channelCount, fir) => createResampler(wasm, channelCount, fir),
    createStereoConvolver: (options) => createStereoConvolver(wasm, options),
    createFixedConvolver: (options) => createFixedConvolver(wasm, options),
    createChannelConvolver: (options) => createChannelConvolver(wasm, options),
    createMixConvolver: (options) => createMixConvolver(wasm, options),
    createFeedbackDelay: (options) => createFeedbackDelay(wasm, options),
    createEarConvolver: (options) => createEarConvolver(wasm, options),
    createExtent: (grid, outputCount) => createExtent(wasm, grid, outputCount),
  };
}
