import { expect, test } from 'vitest';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createBandSplitter } from '../../../src/master/scene-stage/band-splitter.ts';
import { noise } from '../../support.ts';

const kernels = await loadKernels();
const options = {
  crossoversHz: [300, 4000],
  sampleRateHz: 48000,
  combination: 'max',
  detectorOfChannel: [0, 0],
  gainSetOfChannel: [0, 0],
} as const;
const frames = 8192;
const ones = [1, 1, 1].map((gain) => new Float32Array(1024).fill(gain));

test('linear phase: the bands sum to the sound, as late as it says, within 1e-6', () => {
  const splitter = createBandSplitter(kernels, { ...options, phase: 'linear' });
  const inputs = [noise(frames, 1), noise(frames, 2)];
  const outputs = inputs.map(() => new Float32Array(frames));
  for (let from = 0; from < frames; from += 1024) {
    const views = (rows: readonly Float32Array[]): Float32Array[] =>
      rows.map((row) => row.subarray(from, from + 1024));
    splitter.split(views(inputs), 1024);
    splitter.kernel.sum(ones, 1024, views(outputs));
  }
  const { latencySamples } = splitter;
  expect(latencySamples).toBeGreaterThan(512);
  for (const [channel, output] of outputs.entries())
    for (let n = 0; n < frames; n++)
      expect(Math.abs(output[n]! - (inputs[channel]![n - latencySamples] ?? 0))).toBeLessThan(1e-6);
});

test('minimum phase: no delay, and a constant lies in the lowest band', () => {
  const splitter = createBandSplitter(kernels, { ...options, phase: 'minimum' });
  expect(splitter.latencySamples).toBe(0);
  const powers = ones.map(() => new Float32Array(1024));
  for (let round = 0; round < 8; round++) splitter.split([ones[0]!, ones[1]!], 1024);
  splitter.kernel.measure([undefined, undefined], 1024, powers);
  expect(powers.map((row) => row[1023]!)).toEqual([
    expect.closeTo(1, 5),
    expect.closeTo(0, 5),
    expect.closeTo(0, 5),
  ]);
});
