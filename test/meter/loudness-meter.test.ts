import { expect, test } from 'vitest';
import { kWeighting } from '../../src/dsp/k-weighting.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { noise } from '../support.ts';
import { playSine } from './sine.ts';

const kernels = createScalarKernels();

/** Mean squares of K-weighted windows straight from the standard, in float64. */
function referencePowers(samples: Float32Array, rate: number, windowSec: number, hopSec: number): number[] {
  const squares = new Float64Array(samples.length);
  const [first, second] = kWeighting(rate);
  let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0];
  samples.forEach((x, n) => {
    const y = first.b0 * x + first.b1 * x1 + first.b2 * x2 - first.a1 * y1 - first.a2 * y2;
    const z = second.b0 * y + second.b1 * y1 + second.b2 * y2 - second.a1 * z1 - second.a2 * z2;
    [x2, x1, y2, y1, z2, z1] = [x1, x, y1, y, z1, z];
    squares[n] = z * z;
  });
  const powers: number[] = [];
  for (let k = 0; ; k++) {
    const start = Math.round(k * hopSec * rate);
    const end = Math.round((k * hopSec + windowSec) * rate);
    if (end > samples.length) return powers;
    powers.push(squares.subarray(start, end).reduce((sum, square) => sum + square, 0) / (end - start));
  }
}

const lufs = (power: number): number => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

test.each([8000, 11025, 44100, 48000])('noise of moving level at %i Hz reads as by the formulas', (rate) => {
  const samples = noise(rate * 8, rate).map(
    (x, n) => x * (0.02 + 0.4 * Math.abs(Math.sin((n / rate) * 1.7)) ** 4),
  );
  const meter = createLoudnessMeter({ kernels, sampleRateHz: rate, layout: [1] });
  meter.process({ channels: [samples], frameCount: samples.length });
  const result = meter.result();

  const blocks = referencePowers(samples, rate, 0.4, 0.1).filter((power) => lufs(power) > -70);
  const gate = lufs(mean(blocks)) - 10;
  expect(result.integratedLufs).toBeCloseTo(lufs(mean(blocks.filter((power) => lufs(power) > gate))), 6);
  expect(result.momentaryMaxLufs).toBeCloseTo(
    lufs(Math.max(...referencePowers(samples, rate, 0.4, 0.01))),
    6,
  );
  expect(result.shortTermMaxLufs).toBeCloseTo(lufs(Math.max(...referencePowers(samples, rate, 3, 0.01))), 6);
});

test('the cut into blocks does not matter, to the bit', () => {
  const channels = [noise(30000, 1), noise(30000, 2)];
  const results = [1, 7, 512, 4096].map((blockFrames) => {
    const meter = createLoudnessMeter({ kernels, sampleRateHz: 44100, layout: [1, 1.41] });
    for (let from = 0; from < 30000; from += blockFrames) {
      const to = Math.min(30000, from + blockFrames);
      meter.process({ channels: channels.map((c) => c.subarray(from, to)), frameCount: to - from });
    }
    return meter.result();
  });
  for (const result of results) expect(result).toEqual(results[0]);
});

test('silence and no audio at all are -Infinity, and a weight of 0 leaves a channel out', () => {
  const meter = createLoudnessMeter({ kernels, sampleRateHz: 48000, layout: [1, 0] });
  const nothing = {
    integratedLufs: -Infinity,
    momentaryMaxLufs: -Infinity,
    momentaryMaxEndSec: NaN,
    shortTermMaxLufs: -Infinity,
    shortTermMaxEndSec: NaN,
    loudnessRangeLu: 0,
  };
  expect(meter.result()).toEqual(nothing);
  playSine(meter, [[4, -Infinity, -10]]);
  expect(meter.result()).toEqual(nothing);
  const onlyLfe = createLoudnessMeter({ kernels, sampleRateHz: 48000, layout: [0] });
  playSine(onlyLfe, [[1, -10]]);
  expect(onlyLfe.result()).toEqual(nothing);
});

test('an incomplete last block is dropped; reset forgets', () => {
  const meter = createLoudnessMeter({ kernels, sampleRateHz: 48000, layout: [1] });
  playSine(meter, [[0.39, -20]]);
  expect(meter.result().integratedLufs).toBe(-Infinity);
  expect(meter.result().momentaryMaxLufs).toBeCloseTo(-23.12, 1);
  meter.reset();
  playSine(meter, [[5, -30]]);
  expect(meter.result().integratedLufs).toBeCloseTo(-33, 1);
  expect(meter.shortTermLufs).toBeCloseTo(-33, 1);
});

test('six minutes, more than the first allocation holds, keep their gates', () => {
  const meter = createLoudnessMeter({ kernels, sampleRateHz: 8000, layout: [1] });
  playSine(
    meter,
    [
      [300, -50],
      [60, -20],
    ],
    { sampleRateHz: 8000 },
  );
  // The shelf's bilinear warp takes 0.2 dB off 1 kHz at so low a rate.
  expect(Math.abs(meter.result().integratedLufs - -23)).toBeLessThan(0.3);
  expect(meter.result().loudnessRangeLu).toBeCloseTo(0, 0);
});
