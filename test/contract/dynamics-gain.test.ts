import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { DynamicsRow } from '../../src/kernels/interfaces/gains.ts';
import { noise } from '../support.ts';
import {
  cut,
  cutSizes,
  emptyRows,
  largestDifference,
  leastTimeMs,
  rows,
  scalar,
  sets,
  slack,
  slices,
} from './contract-support.ts';

describe.each(sets)('%s dynamics', (_, kernels) => {
  const frames = 5001;
  const dynamicsRows = (count: number): DynamicsRow[] =>
    Array.from({ length: count }, (__, row) => ({
      thresholdDb: -30 + row,
      kneeDb: row % 3 === 0 ? 0 : 2 * row,
      slope: 1 - 1 / (2 + row),
      side: row % 4 === 3 ? 'below' : 'above',
      rangeDb: 30,
      meanShare: row % 2 === 0 ? 1 : 0.01,
      attackFactor: row === 1 ? 0 : 0.99,
      release: { factor: 0.9995, charge: row % 2 === 0 ? 0.0003 : 0, discharge: row % 2 === 0 ? 0.0001 : 0 },
    }));
  const powersOf = (count: number): Float32Array[] =>
    rows(count, frames, 7).map((samples) =>
      samples.map((sample, n) => (n > 3500 ? 0 : (sample * Math.sin(n / 700)) ** 2)),
    );
  const run = (set: Kernels, powers: readonly Float32Array[], size: number): Float32Array[] => {
    const kernel = set.createDynamicsGain(dynamicsRows(powers.length));
    const outputs = emptyRows(powers.length, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(powers, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9])('%i rows: as the twin, and the same bits for any cut', (count) => {
    const powers = powersOf(count);
    const whole = run(kernels, powers, frames);
    for (const size of cutSizes) expect(run(kernels, powers, size)).toEqual(whole);
    for (const [row, wanted] of run(scalar, powers, frames).entries())
      expect(largestDifference(whole[row]!, wanted)).toBeLessThan(3e-5);
    expect(Math.max(...whole[0]!)).toBeGreaterThan(5);
  });

  test('in place, and reset forgets', () => {
    const kernel = kernels.createDynamicsGain(dynamicsRows(3));
    const powers = powersOf(3);
    const [first, again] = [slices(powers, 0, frames), slices(powers, 0, frames)];
    kernel.process(first, frames, first);
    kernel.reset();
    kernel.process(again, frames, again);
    expect(again).toEqual(first);
    expect(first).toEqual(run(kernels, powers, frames));
    const [row] = dynamicsRows(1);
    expect(() => kernels.createDynamicsGain([{ ...row!, kneeDb: -1 }])).toThrow('kneeDb is -1');
    expect(() => kernels.createDynamicsGain([{ ...row!, attackFactor: 2 }])).toThrow('attackFactor is 2');
  });

  test('levels are gains as those of the twin, at any cut', () => {
    const levels = noise(frames, 3, 40);
    const gains = new Float32Array(frames);
    cut(frames, 511, (from, to) =>
      kernels.levelsToGains(levels.subarray(from, to), to - from, 0.7, gains.subarray(from, to)),
    );
    const wanted = new Float32Array(frames);
    scalar.levelsToGains(levels, frames, 0.7, wanted);
    for (const [n, gain] of gains.entries()) expect(Math.abs(gain / wanted[n]! - 1)).toBeLessThan(2e-6);
    const single = new Float32Array(1);
    for (const [n, gain] of gains.subarray(0, 99).entries()) {
      kernels.levelsToGains(levels.subarray(n, n + 1), 1, 0.7, single);
      expect(single[0]).toBe(gain);
    }
  });

  test('silence after sound costs no more than sound', () => {
    const kernel = kernels.createDynamicsGain(dynamicsRows(4));
    const powers = powersOf(4);
    const outputs = emptyRows(4, frames);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 8; i++) kernel.process(signal, frames, outputs);
    };
    work(powers)();
    const soundMs = leastTimeMs(work(powers));
    for (const power of [0, 1e-39]) {
      const quiet = powers.map((row) => row.map(() => power));
      for (let i = 0; i < 40; i++) work(quiet)();
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});
