import { expect, test } from 'vitest';
import { createOversampler } from '../../src/dsp/oversampler.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { runEffect } from '../master/scene-stage/effect-support.ts';

const kernels = await loadKernels();
const sampleRateHz = 48000;
const sine = (frequencyHz: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz));

test.each([2, 4, 8])('%i times the rate and back: the same sound at the same time', (factor) => {
  let rounds = 0;
  const options = { kernels, channelCount: 2, sampleRateHz, factor, shape: () => void rounds++ };
  const oversampler = createOversampler(options);
  const inputs = [sine(997, 9000), sine(15_000, 9000)];
  const [first, second] = runEffect(oversampler, inputs, 9000);
  expect(rounds).toBeGreaterThan(2);
  for (let n = 300; n < 8000; n++) {
    expect(Math.abs(first![n]! - inputs[0]![n]!)).toBeLessThan(1e-4);
    expect(Math.abs(second![n]! - inputs[1]![n]!)).toBeLessThan(1e-4);
  }
  oversampler.reset();
  expect(runEffect(oversampler, inputs, 777)).toEqual([first, second]);
});

test('the process sees the higher rate, and what it makes above half the rate is gone', () => {
  const oversampler = createOversampler({
    kernels,
    channelCount: 1,
    sampleRateHz,
    factor: 4,
    // The square of 15 kHz is DC and 30 kHz.
    shape: ({ channels, frameCount }) => {
      for (let n = 0; n < frameCount; n++) channels[0]![n]! **= 2;
    },
  });
  const [output] = runEffect(oversampler, [sine(15_000, 9000)]);
  for (let n = 500; n < 8000; n++) expect(Math.abs(output![n]! - 0.5)).toBeLessThan(1e-4);
});
