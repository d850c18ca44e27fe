import { expect, test } from 'vitest';
import { designCrossover } from '../../src/dsp/crossover.ts';
import { preciseFir } from '../../src/dsp/true-peak-fir.ts';
import { createChannelConvolver } from '../../src/kernels/simd/channel-convolver.ts';
import { createEarConvolver } from '../../src/kernels/simd/ear-convolver.ts';
import { createBandSplit } from '../../src/kernels/simd/band-split.ts';
import { createDelayGain } from '../../src/kernels/simd/delay-gain.ts';
import { createFilterCascade } from '../../src/kernels/simd/filter-cascade.ts';
import { createFeedbackDelay } from '../../src/kernels/simd/feedback-delay.ts';
import { createFixedConvolver } from '../../src/kernels/simd/fixed-convolver.ts';
import { createLimiterGain } from '../../src/kernels/simd/limiter-gain.ts';
import { createMix } from '../../src/kernels/simd/mix.ts';
import { createMixConvolver } from '../../src/kernels/simd/mix-convolver.ts';
import { createNoiseShaper } from '../../src/kernels/simd/noise-shaper.ts';
import { createPcm } from '../../src/kernels/simd/pcm.ts';
import { createPeak } from '../../src/kernels/simd/peak.ts';
import { createPrecisePeak } from '../../src/kernels/simd/precise-peak.ts';
import { createQuantizer } from '../../src/kernels/simd/quantizer.ts';
import { createStereoConvolver } from '../../src/kernels/simd/stereo-convolver.ts';
import { WasmInstance, compileWasm } from '../../src/kernels/simd/wasm-instance.ts';
import { createWeightedEnergy } from '../../src/kernels/simd/weighted-energy.ts';
import { noise } from '../support.ts';
import {
  annex2,
  emptyRows,
  feedbackOptions,
  filterPairs,
  kWeighting,
  limiterOptions,
  rows,
} from './contract-support.ts';

test('a set that has made its kernels does not grow its memory', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const mix = createMix(wasm, 9, 4, 512);
  const energy = createWeightedEnergy(wasm, 9, kWeighting);
  const peak = createPeak(wasm, 9, annex2);
  const precise = createPrecisePeak(wasm, 9, preciseFir);
  const delay = createDelayGain(wasm, 9, 200);
  const quantizer = createQuantizer(wasm, { bitDepth: 24, noise: 'white', seeds: new Int32Array(9) });
  const cascade = createFilterCascade(wasm, Array(9).fill(kWeighting));
  const bandSplit = createBandSplit(wasm, {
    crossovers: [designCrossover(900, 48000)],
    combination: 'max',
    ...{ detectorOfChannel: Array(9).fill(0), gainSetOfChannel: Array(9).fill(0) },
  });
  const shaper = createNoiseShaper(wasm, { bitDepth: 16, seeds: new Int32Array(9), errorFilter: [0.5] });
  const limiter = createLimiterGain(wasm, limiterOptions());
  const convolver = createStereoConvolver(wasm, { inputCount: 9, tapCount: 700, hopFrames: 512 });
  const ears = createEarConvolver(wasm, {
    sourceCount: 9,
    tapCount: 279,
    stepFrames: 128,
    blockSteps: 2,
    stepCount: 4,
    maximumDelaySamples: 60,
    bandwidth: 1,
    responseCount: 3,
  });
  const channelConvolver = createChannelConvolver(wasm, {
    filters: rows(9, 100),
    hopFrames: 256,
  });
  const fixedConvolver = createFixedConvolver(wasm, {
    filters: filterPairs(3, 100),
    sendGains: [0.5, 0, 1],
    hopFrames: 256,
  });
  const mixConvolver = createMixConvolver(wasm, {
    sourceCount: 9,
    filters: rows(2, 100),
    hopFrames: 256,
    directDelaySamples: 50,
  });
  const gains = new Float64Array(4).fill(0.5);
  const network = createFeedbackDelay(wasm, feedbackOptions(512));
  const pcm = createPcm(wasm);
  const before = wasm.byteLength;
  const audio = rows(9, 512);
  const bytes = new Uint8Array(9 * 512 * 3);
  for (let round = 0; round < 20; round++) {
    channelConvolver.processHop(audio, audio, emptyRows(9, 256));
    for (const mixer of [mix, mixConvolver]) {
      for (let source = 0; source < 9; source++) {
        mixer.setRamp(source, gains, gains, Infinity, 0);
        mixer.load(audio[source]!, 0, 256, 0);
        mixer.mix(source, 0, 0, 256);
      }
    }
    mix.store(emptyRows(4, 512), 0, 512);
    mixConvolver.processHop();
    mixConvolver.store(emptyRows(2, 256), 0, 0, 256);
    network.process(audio[0]!, new Float32Array(512), new Float32Array(512), 0, 512);
    for (let input = 0; input < 3; input++) fixedConvolver.load(input, audio[input]!, 0, 256, 0);
    fixedConvolver.send(audio[0]!, 0, 0, 256);
    fixedConvolver.processHop();
    fixedConvolver.store(new Float32Array(256), new Float32Array(256), 0, 0, 256);
    ears.setResponse(round % 3, noise(279), noise(279));
    ears.setSource(round % 9, round % 4, {
      responses: Int32Array.of(0, 1, 2),
      weights: Float64Array.of(0.5, 0.2, 0.3),
      delaySamples: Float64Array.of(20 + round, 30),
      driftSamples: Float64Array.of(1, 0),
    });
    ears.processHop(audio, new Float32Array(512), new Float32Array(512));
    energy.load(audio, 0, 512);
    energy.accumulate(0, 512, new Float64Array(9));
    peak.maxima(audio, 512, new Float32Array(9), new Float32Array(9));
    precise.maxima(audio, 512, new Float32Array(9), new Float32Array(9));
    precise.envelope(audio, 512, 0.2, new Float32Array(512));
    peak.envelope(audio, 512, 0, new Float32Array(512));
    limiter.process([audio[0]!], 512, [new Float32Array(512)]);
    delay.process(audio, 1, audio[0]!, 512, emptyRows(9, 512));
    quantizer.process(audio, 512, emptyRows(9, 512));
    shaper.process(audio, 512, emptyRows(9, 512));
    cascade.process(audio, 512, emptyRows(9, 512));
    bandSplit.split(audio, 512);
    bandSplit.sum(audio, 512, emptyRows(9, 512));
    convolver.setFilters(round % 9, noise(700), noise(700));
    convolver.processHop(audio, new Float32Array(512), new Float32Array(512));
    pcm.encodePcm('int24', audio, 512, bytes);
    pcm.decodePcm('int24', bytes, 512, audio);
  }
  expect(wasm.byteLength).toBe(before);
});
