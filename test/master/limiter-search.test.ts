import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createLayoutStage } from '../../src/master/layout-stage.ts';
import { createTruePeakMeter } from '../../src/meter/true-peak-meter.ts';
import { noise } from '../support.ts';
import { truePeak32 } from './limiter-battery.ts';

const kernels = await loadKernels();
const length = 2400;
const position = fc.integer({ min: 150, max: length - 150 });
const offset = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** Adds something nasty to a signal. */
type Part = (signal: Float32Array) => void;

/** Samples of full scale whose signs make every tail of the interpolating sinc add up between two of them. */
const alternatingSinc = fc
  .record({ at: position, offset, reach: fc.integer({ min: 4, max: 140 }), level: unit })
  .map(({ at, offset, reach, level }): Part => (signal) => {
    for (let d = -reach; d <= reach; d++) {
      signal[at + d]! += level * Math.sign(Math.sin(Math.PI * (d - offset)) / (d - offset));
    }
  });
/** The same for a filter of twelve taps only: what its outer neighbours add is hidden from Annex 2. */
const hiddenFromAnnex2 = fc
  .record({
    at: position,
    offset,
    inner: fc.integer({ min: 5, max: 9 }),
    reach: fc.integer({ min: 10, max: 60 }),
  })
  .map(({ at, offset, inner, reach }): Part => (signal) => {
    for (let d = -reach; d <= reach; d++) {
      const sign = Math.sign(Math.sin(Math.PI * (d - offset)) / (d - offset));
      signal[at + d]! += Math.abs(d) > inner ? sign : 0.3 * sign;
    }
  });
const burst = fc
  .record({ at: position, period: fc.double({ min: 2.02, max: 9, noNaN: true }), phase: unit, level: unit })
  .map(({ at, period, phase, level }): Part => (signal) => {
    for (let n = at; n < Math.min(length, at + 300); n++) {
      signal[n]! += level * Math.sin(2 * Math.PI * (n / period + phase));
    }
  });
const hiss = fc.record({ seed: fc.integer(), level: unit }).map(({ seed, level }): Part => (signal) => {
  noise(length, seed, level).forEach((x, n) => (signal[n]! += x));
});
const clicks = fc
  .array(fc.tuple(position, fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1, maxLength: 20 })
  .map((hits): Part => (signal) => {
    for (const [at, level] of hits) signal[at]! += level;
  });
const nastySignal = fc
  .array(fc.oneof(alternatingSinc, hiddenFromAnnex2, burst, hiss, clicks), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    const signal = new Float32Array(length);
    for (const add of parts) add(signal);
    return signal;
  });

const toDb = (peak: number): number => 20 * Math.log10(peak);

test('random nasty signals: the precise meter reads what a full 32-fold interpolation reads', () => {
  fc.assert(
    fc.property(nastySignal, (signal) => {
      const peak = truePeak32(signal);
      if (peak < 1e-3) return;
      const meter = createTruePeakMeter({ kernels, channelCount: 1, mode: 'precise' });
      meter.process({ channels: [signal], frameCount: length });
      expect(Math.abs(meter.finish().truePeaksDbtp[0]! - toDb(peak))).toBeLessThan(0.01);
    }),
    { seed: 7, numRuns: 150 },
  );
});

test('random nasty signals, up to 12 dB over: never above -0.999 dBTP after limiter, dither and rounding', () => {
  fc.assert(
    fc.property(nastySignal, fc.double({ min: -2, max: 12, noNaN: true }), (signal, overDb) => {
      const peak = truePeak32(signal);
      if (peak < 1e-3) return;
      const stage = createLayoutStage({
        ...{ kernels, sampleRateHz: 48000, channelCount: 1, bitDepth: 24, dither: 'tpdf' },
        gainDb: overDb - 1 - toDb(peak),
      });
      const frameCount = length + stage.latencySamples;
      const input = new Float32Array(frameCount);
      input.set(signal);
      const output = new Float32Array(frameCount);
      stage.process({ channels: [input], frameCount }, { channels: [output], frameCount });
      expect(toDb(truePeak32(output))).toBeLessThanOrEqual(-0.999);
    }),
    { seed: 7, numRuns: 150 },
  );
});
