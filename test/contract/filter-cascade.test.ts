import { describe, expect, test } from 'vitest';
import { designBell } from '../../src/dsp/parametric-eq.ts';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';
import {
  cut,
  cutSizes,
  emptyRows,
  kWeighting,
  largestDifference,
  leastTimeMs,
  rows,
  scalar,
  sets,
  slack,
  slices,
} from './contract-support.ts';

describe.each(sets)('%s filter cascade', (_, kernels) => {
  const frames = 3001;
  const bell = designBell(4000, 6, 1, 48000);
  /** Channels with filters of their own, three sections each. */
  const sectionsOf = (channelCount: number): BiquadCoefficients[][] =>
    Array.from({ length: channelCount }, (__, channel) => [
      ...kWeighting,
      channel % 2 === 0 ? bell : { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 },
    ]);
  const run = (set: Kernels, inputs: readonly Float32Array[], size: number): Float32Array[] => {
    const kernel = set.createFilterCascade(sectionsOf(inputs.length));
    const outputs = emptyRows(inputs.length, inputs[0]!.length);
    cut(inputs[0]!.length, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9, 12])(
    '%i channels: the bits of its twin, for any cut, in float64',
    (channelCount) => {
      const inputs = rows(channelCount, frames, 5);
      const whole = run(kernels, inputs, frames);
      expect(run(scalar, inputs, 100)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, inputs, size)).toEqual(whole);
      for (const [channel, output] of whole.entries()) {
        let signal = Float64Array.from(inputs[channel]!);
        for (const { b0, b1, b2, a1, a2 } of sectionsOf(channelCount)[channel]!) {
          const next = new Float64Array(frames);
          for (let n = 0; n < frames; n++)
            next[n] =
              b0 * signal[n]! +
              b1 * (signal[n - 1] ?? 0) +
              b2 * (signal[n - 2] ?? 0) -
              a1 * (next[n - 1] ?? 0) -
              a2 * (next[n - 2] ?? 0);
          signal = next;
        }
        expect(largestDifference(output, signal.map(Math.fround))).toBeLessThan(1.3e-7);
      }
    },
  );

  test('in place, and reset forgets', () => {
    const kernel = kernels.createFilterCascade(sectionsOf(2));
    const inputs = rows(2, frames, 3);
    const [first, again] = [slices(inputs, 0, frames), slices(inputs, 0, frames)];
    kernel.process(first, frames, first);
    kernel.reset();
    kernel.process(again, frames, again);
    expect(again).toEqual(first);
    expect(first).toEqual(run(kernels, inputs, frames));
    expect(() => kernels.createFilterCascade([[bell], []])).toThrow('sections of channel 1');
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const kernel = kernels.createFilterCascade(sectionsOf(4));
    const sound = rows(4, 4096);
    const outputs = emptyRows(4, 4096);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 8; i++) kernel.process(signal, 4096, outputs);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});
