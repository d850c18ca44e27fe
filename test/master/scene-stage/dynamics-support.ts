import fc from 'fast-check';
import type { DetectorRender, EffectContext } from '../../../src/master/scene-stage/effect.ts';
import { createSampleDelay } from '../../../src/dsp/sample-delay.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Legal values of the parameters that all dynamics share. */
export const dynamicsArbitraries = {
  thresholdDb: number(-80, 12),
  ratio: number(1, 100),
  kneeDb: number(0, 40),
  attackMs: number(0, 1000),
  releaseMs: number(1, 5000),
  detection: fc.constantFrom('peak' as const, 'rms' as const),
  windowMs: number(0.1, 2000),
  lookaheadMs: number(0, 100),
};

/** Legal detectors, in the context of `fuzzRenders`. */
export const detectorArbitrary = fc.record(
  {
    mode: fc.constantFrom(...(['own', 'group-max', 'group-sum', 'render', 'side-chain'] as const)),
    file: fc.constant('key.wav'),
    linkPercent: number(0, 100),
    linkLfe: fc.boolean(),
    highpassHz: number(10, 4000),
    lowpassHz: number(4001, 20000),
  },
  { requiredKeys: ['mode', 'file'] },
);

/** A render of two channels that lags: the sum of all tracks, and the first of them. */
export function lateRender(trackCount: number, latencySamples: number): DetectorRender {
  const delays = [createSampleDelay(latencySamples), createSampleDelay(latencySamples)];
  return {
    layout: undefined,
    processor: {
      inputChannelCount: trackCount,
      outputChannelCount: 2,
      latencySamples,
      process({ channels, frameCount }, output) {
        const sum = new Float32Array(frameCount);
        for (const channel of channels) for (let n = 0; n < frameCount; n++) sum[n]! += channel[n]!;
        delays[0]!.process(sum, output.channels[0]!, frameCount);
        delays[1]!.process(channels[0]!, output.channels[1]!, frameCount);
      },
      reset: () => delays.forEach((delay) => delay.reset()),
    },
  };
}

/** Renders and a side chain of two channels, behind the tracks. */
export const fuzzRenders = ({ tracks }: EffectContext): Partial<EffectContext> => ({
  createDetectorRender: () => lateRender(tracks.length, 37),
  channelCount: tracks.length + 2,
  sideChains: new Map([['key.wav', [tracks.length, tracks.length + 1]]]),
});
