import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLayoutStage } from '../../src/master/layout-stage.ts';
import { createReductionEstimate } from '../../src/master/reduction-estimate.ts';
import { createLevelTracer } from '../../src/meter/level-trace.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { createTruePeakMeter } from '../../src/meter/true-peak-meter.ts';
import { noise } from '../support.ts';
import { denseMix } from './limiter-battery.ts';

describe('on levels alone', () => {
  test('steady peaks are turned down to the ceiling, quiet bins left alone', () => {
    const trace = { energies: new Float32Array(200).fill(1), peaks: new Float32Array(200).fill(0.1) };
    trace.peaks.fill(0.5, 0, 100);
    const estimate = createReductionEstimate({ trace, truePeakDbtp: -6.02, ceilingDbtp: -12.04 });
    expect(estimate(-10)[0]).toBe(0);
    const reductionsDb = estimate(0);
    expect(reductionsDb).toHaveLength(17);
    expect(reductionsDb[0]).toBeCloseTo(6.02, 2);
    // The release lets go behind the loud second.
    expect(reductionsDb[16]).toBeLessThan(6.02 / 2);
  });

  test('peaks that the trace under-reads are foretold higher, the LFE aside', () => {
    const trace = { energies: new Float32Array(50).fill(1), peaks: new Float32Array(50).fill(1) };
    const of = (truePeakDbtp: number) =>
      createReductionEstimate({ trace, truePeakDbtp, ceilingDbtp: -1 })(0)[0]!;
    expect(of(0.4)).toBeCloseTo(1.3, 3);
    expect(of(12)).toBeLessThan(1.6);
  });
});

describe('against the limiter, one channel', () => {
  const kernels = createScalarKernels();
  const sampleRateHz = 48_000;
  const length = 4 * sampleRateHz;
  const measure = (samples: Float32Array) => {
    const tracer = createLevelTracer({ kernels, sampleRateHz, layout: getLayout('0+1+0') });
    const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout: [1], hearBin: tracer.hearBin });
    const peaks = createTruePeakMeter({ kernels, channelCount: 1, mode: 'precise' });
    for (const meter of [tracer, loudness, peaks]) {
      meter.process({ channels: [samples], frameCount: samples.length });
    }
    const truePeakDbtp = peaks.finish().truePeaksDbtp[0]!;
    return { trace: tracer.trace(), blockPowers: loudness.blockPowers(), truePeakDbtp };
  };
  const limited = (samples: Float32Array, gainDb: number): Float32Array => {
    const stage = createLayoutStage({
      ...{ kernels, sampleRateHz, channelCount: 1, bitDepth: 24, dither: 'tpdf', gainDb, ceilingDbtp: -1 },
    });
    const frameCount = length + stage.latencySamples;
    const input = new Float32Array(frameCount);
    input.set(samples);
    const output = new Float32Array(frameCount);
    stage.process({ channels: [input], frameCount }, { channels: [output], frameCount });
    return output.subarray(stage.latencySamples);
  };

  test.each([
    ['dense mix', denseMix(length)],
    ['hits', noise(length, 3).map((x, n) => x * Math.exp(-(n % 12_000) / 2000))],
    ['clicks in hiss', noise(length, 2).map((x, n) => x * (n % 24_000 < 200 ? 1 : 0.05))],
  ])('%s: the loudness of 4 dB over the ceiling within 0.25 LU', (_name, samples) => {
    const unlimited = measure(samples);
    const gainDb = 3 - unlimited.truePeakDbtp;
    const reductionsDb = createReductionEstimate({ ...unlimited, ceilingDbtp: -1 })(gainDb);
    const foretold = unlimited.blockPowers.map(
      (power, block) => power * 10 ** ((gainDb - reductionsDb[block]!) / 10),
    );
    const actual = measure(limited(samples, gainDb)).blockPowers;
    const errorLu = integratedLoudnessLufs(foretold) - integratedLoudnessLufs(actual);
    expect(Math.abs(errorLu)).toBeLessThan(0.25);
  });
});
