import { describe, expect, test } from 'vitest';
import { noise } from '../support.ts';
import { cut, largestDifference, leastTimeMs, rows, sets, slack, slices } from './contract-support.ts';

/** Direct convolution in float64 of inputs with filters that change linearly between hops. */
function referenceConvolution(
  inputs: readonly Float32Array[],
  filtersAt: (input: number, hop: number) => Float32Array,
  hopFrames: number,
): Float64Array {
  const frames = inputs[0]!.length;
  const output = new Float64Array(frames);
  inputs.forEach((input, i) => {
    for (let n = 0; n < frames; n++) {
      const hop = Math.floor(n / hopFrames);
      const after = filtersAt(i, hop);
      const before = hop > 0 ? filtersAt(i, hop - 1) : after;
      const fade = (n % hopFrames) / hopFrames;
      let sum = 0;
      for (let tap = 0; tap < Math.min(after.length, n + 1); tap++) {
        sum += input[n - tap]! * (before[tap]! + (after[tap]! - before[tap]!) * fade);
      }
      output[n]! += sum;
    }
  });
  return output;
}

describe.each(sets)('%s stereo convolver', (_, kernels) => {
  /** Every third input moves in every hop; the others hold their first filters. */
  const filterSeed = (input: number, hop: number, ear: number): number =>
    1 + ear + 2 * input + 1000 * (input % 3 === 1 ? hop : 0);
  const run = (
    inputs: readonly Float32Array[],
    tapCount: number,
    hopFrames: number,
  ): [Float32Array, Float32Array] => {
    const convolver = kernels.createStereoConvolver({ inputCount: inputs.length, tapCount, hopFrames });
    const left = new Float32Array(inputs[0]!.length);
    const right = left.slice();
    cut(left.length, hopFrames, (from, to) => {
      inputs.forEach((_, i) => {
        if (from > 0 && i % 3 !== 1) return;
        const hop = from / hopFrames;
        const filters = [0, 1].map((ear) => noise(tapCount, filterSeed(i, hop, ear), 1 / tapCount));
        convolver.setFilters(i, filters[0]!, filters[1]!);
      });
      convolver.processHop(slices(inputs, from, to), left.subarray(from, to), right.subarray(from, to));
    });
    return [left, right];
  };

  test.each([
    [1, 1, 64],
    [2, 64, 64],
    [3, 65, 64],
    [9, 200, 64],
    [5, 128, 128],
    [11, 300, 256],
    [2, 1500, 128],
    [8, 257, 512],
    [17, 512, 512],
    [3, 513, 512],
    [1, 900, 2048],
    [2, 30, 8192],
  ])(
    'agrees with direct convolution in float64: %i inputs, %i taps, hop %i',
    (inputCount, tapCount, hopFrames) => {
      const inputs = rows(inputCount, hopFrames * (hopFrames < 1024 ? 6 : 2));
      run(inputs, tapCount, hopFrames).forEach((output, ear) => {
        const cache = new Map<number, Float32Array>();
        const filtersAt = (input: number, hop: number): Float32Array => {
          const seed = filterSeed(input, hop, ear);
          if (!cache.has(seed)) cache.set(seed, noise(tapCount, seed, 1 / tapCount));
          return cache.get(seed)!;
        };
        expect(largestDifference(output, referenceConvolution(inputs, filtersAt, hopFrames))).toBeLessThan(
          1e-6,
        );
      });
    },
  );

  test('a unit impulse passes every input to its ear without delay', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 2, tapCount: 32, hopFrames: 64 });
    convolver.setFilters(0, [1], [0]);
    convolver.setFilters(1, [], [0, 1]);
    const inputs = rows(2, 64);
    const [left, right] = [new Float32Array(64), new Float32Array(64)];
    convolver.processHop(inputs, left, right);
    expect(largestDifference(left, inputs[0]!)).toBeLessThan(5e-7);
    expect(largestDifference(right.subarray(1), inputs[1]!.subarray(0, 63))).toBeLessThan(5e-7);
  });

  test('reset forgets the audio, keeps the filters and sets the next ones without a fade', () => {
    const inputs = rows(4, 512);
    const [left] = run(inputs, 100, 512);
    const convolver = kernels.createStereoConvolver({ inputCount: 4, tapCount: 100, hopFrames: 512 });
    const again = new Float32Array(512);
    const set = (seedHop: number): void =>
      inputs.forEach((_, i) =>
        convolver.setFilters(
          i,
          noise(100, filterSeed(i, seedHop, 0), 0.01),
          noise(100, filterSeed(i, seedHop, 1), 0.01),
        ),
      );
    set(5);
    convolver.processHop(inputs, again, again.slice());
    set(0);
    convolver.reset();
    convolver.processHop(inputs, again, again.slice());
    expect(again).toEqual(left);
  });

  test('NaN leaves with its window', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 1, tapCount: 300, hopFrames: 128 });
    convolver.setFilters(0, noise(300), noise(300));
    const outputs = [new Float32Array(128), new Float32Array(128)] as const;
    convolver.processHop([new Float32Array(128).fill(NaN)], ...outputs);
    for (let hop = 0; hop < 20; hop++) convolver.processHop(rows(1, 128), ...outputs);
    expect(outputs[0].every(Number.isFinite)).toBe(true);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 8, tapCount: 256, hopFrames: 256 });
    for (let i = 0; i < 8; i++) convolver.setFilters(i, noise(256, i), noise(256, i + 8));
    const outputs = [new Float32Array(256), new Float32Array(256)] as const;
    const sound = rows(8, 256);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let hop = 0; hop < 40; hop++) convolver.processHop(signal, ...outputs);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });

  test('refuses options and filters that are not allowed', () => {
    const create = (inputCount: number, tapCount: number, hopFrames: number) => () =>
      kernels.createStereoConvolver({ inputCount, tapCount, hopFrames });
    expect(create(1, 16, 100)).toThrow('hopFrames');
    expect(create(1, 0, 128)).toThrow('tapCount');
    expect(create(0, 16, 128)).toThrow('inputCount');
    expect(() => create(1, 16, 128)().setFilters(0, new Float32Array(17), [])).toThrow('17 taps');
    expect(() => create(1, 16, 128)().setFilters(1, [], [])).toThrow('0..0');
  });
});
