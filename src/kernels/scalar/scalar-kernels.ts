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
import { levelsToGains } from './levels-to-gains.ts';
import { createLimiterGain } from './limiter-gain.ts';
import { createLimiterStage } from './limiter-stage.ts';
import { createMix } from './mix.ts';
import { createMixConvolver } from './mix-convolver.ts';
import { createOctaveBands } from './octave-bands.ts';
import { decodePcm, encodePcm } from './pcm.ts';
import { createPeak } from './peak.ts';
import { createPrecisePeak } from './precise-peak.ts';
import { createNoiseShaper } from './noise-shaper.ts';
import { createQuantizer } from './quantizer.ts';
import { createResampler } from './resampler.ts';
import { createStatistics } from './statistics.ts';
import { createStereoConvolver } from './stereo-convolver.ts';
import { createWeightedEnergy } from './weighted-energy.ts';

/** Creates the set of plain TypeScript kernels: the reference, and the fallback where WebAssembly is missing. */
export function createScalarKernels(): Kernels {
  return {
    kind: 'scalar',
    decodePcm,
    encodePcm,
    createMix,
    createWeightedEnergy,
    createStatistics,
    createOctaveBands,
    createFilterCascade,
    createBandSplit,
    createPeak,
    createPrecisePeak,
    createLimiterGain,
    createLimiterStage,
    createDynamicsGain,
    levelsToGains,
    createDelayGain,
    createQuantizer,
    createNoiseShaper,
    createResampler,
    createStereoConvolver,
    createChannelConvolver,
    createMixConvolver,
    createFeedbackDelay,
    createFixedConvolver,
    createEarConvolver,
    createExtent,
  };
}
