import { describe, expect, test } from 'vitest';
import { designCrossover } from '../../src/dsp/crossover.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { BandSplitOptions } from '../../src/kernels/interfaces/filters.ts';
import { noise } from '../support.ts';
import { cut, emptyRows, leastTimeMs, rows, scalar, sets, slack, slices } from './contract-support.ts';

describe.each(sets)('%s band split', (_, kernels) => {
  const frames = 1501;
  const crossovers = [120, 900, 5000].map((frequencyHz) => designCrossover(frequencyHz, 48000));
  /** Two detectors and three sets of gains over the channels. */
  const optionsOf = (
    channelCount: number,
    combination: BandSplitOptions['combination'],
  ): BandSplitOptions => ({
    crossovers,
    combination,
    detectorOfChannel: Array.from({ length: channelCount }, (__, channel) => channel % 2),
    gainSetOfChannel: Array.from({ length: channelCount }, (__, channel) => channel % 3),
  });
  const run = (
    set: Kernels,
    inputs: readonly Float32Array[],
    combination: BandSplitOptions['combination'],
    size: number,
  ): { outputs: Float32Array[]; powers: Float32Array[] } => {
    const kernel = set.createBandSplit(optionsOf(inputs.length, combination));
    const outputs = emptyRows(inputs.length, frames);
    const powers = emptyRows(4 * Math.min(2, inputs.length), frames);
    const gains = rows(4 * Math.min(3, inputs.length), frames, 7);
    const weights = inputs.map((__, channel) => (channel % 4 === 1 ? noise(frames, 9) : undefined));
    const views = (channels: readonly Float32Array[], from: number, to: number): Float32Array[] =>
      channels.map((channel) => channel.subarray(from, to));
    cut(frames, size, (from, to) => {
      kernel.split(slices(inputs, from, to), to - from);
      kernel.measure(
        weights.map((row) => row?.slice(from, to)),
        to - from,
        views(powers, from, to),
      );
      kernel.sum(slices(gains, from, to), to - from, views(outputs, from, to));
    });
    return { outputs, powers };
  };

  test.each([1, 2, 3, 4, 9])('%i channels: the bits of its twin, for any cut', (channelCount) => {
    const inputs = rows(channelCount, frames, 5);
    inputs[0]!.fill(0, 100, 200).fill(1e-39, 200, 300);
    const combination = channelCount % 2 === 0 ? 'max' : 'sum';
    const whole = run(kernels, inputs, combination, 1024);
    expect(run(scalar, inputs, combination, 100)).toEqual(whole);
    for (const size of [1, 7, 512]) expect(run(kernels, inputs, combination, size)).toEqual(whole);
  });

  test('detectors hear their channels band by band, and bands can come from outside', () => {
    const kernel = kernels.createBandSplit({
      crossovers: crossovers.slice(0, 1),
      detectorOfChannel: [0, 0, 1, -1],
      gainSetOfChannel: [0, 1, 1, 1],
      combination: 'sum',
    });
    const below = [
      Float32Array.of(1, 2),
      Float32Array.of(3, 4),
      Float32Array.of(5, 6),
      Float32Array.of(9, 9),
    ];
    const above = [
      Float32Array.of(0, 0),
      Float32Array.of(1, -2),
      Float32Array.of(7, 8),
      Float32Array.of(9, 9),
    ];
    kernel.load(0, below, 2);
    kernel.load(1, above, 2);
    const powers = emptyRows(4, 2);
    kernel.measure([undefined, Float32Array.of(0.5, 1), undefined, undefined], 2, powers);
    expect(powers.map((row) => [...row])).toEqual([
      [3.25, 20],
      [0.25, 4],
      [25, 36],
      [49, 64],
    ]);
    const outputs = emptyRows(4, 2);
    const gains = [1, 2, 0.5, -1].map((gain) => new Float32Array(2).fill(gain));
    kernel.sum(gains, 2, outputs);
    expect(outputs.map((row) => [...row])).toEqual([
      [1, 2],
      [0.5, 4],
      [-4.5, -5],
      [-4.5, -4.5],
    ]);
  });

  test('reset forgets; silence after sound costs no more than sound', () => {
    const kernel = kernels.createBandSplit(optionsOf(8, 'max'));
    const sound = rows(8, 1024);
    const once = (): Float32Array[] => {
      const powers = emptyRows(8, 1024);
      kernel.split(sound, 1024);
      kernel.measure(Array(8).fill(undefined), 1024, powers);
      return powers;
    };
    const first = once();
    expect(once()).not.toEqual(first);
    kernel.reset();
    expect(once()).toEqual(first);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 16; i++) kernel.split(signal, 1024);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});
