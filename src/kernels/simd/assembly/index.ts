/** Everything that the TypeScript side calls. */
export * from './band-split';
export * from './channel-convolver';
export * from './ear-convolver';
export * from './delay-gain';
export * from './dynamics-gain';
export * from './extent';
export * from './feedback-delay';
export * from './filter-cascade';
export * from './fixed-convolver';
export * from './levels-to-gains';
export * from './limiter-gain';
export * from './memory';
export * from './mix';
export * from './octave-bands';
export * from './noise-shaper';
export * from './pcm';
export * from './peak';
export {
  peakEnvelope,
  peakHistoryFrames,
  peakIsRaised,
  peakLoad,
  peakReset,
  peakRow,
  peakRowFrames,
  peakSetBounds,
  peakStartEnvelope,
  peakVisit,
} from './peak-rows';
export * from './precise-peak';
export * from './quantizer';
export * from './resampler';
export * from './statistics';
export * from './stereo-convolver';
export * from './weighted-energy';
