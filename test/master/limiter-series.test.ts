import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createSimdKernels } from '../../src/kernels/simd/simd-kernels.ts';
import { compileWasm } from '../../src/kernels/simd/wasm-instance.ts';
import { joinLimiterStages } from '../../src/master/limiter-series.ts';
import { createLimiterStage } from '../../src/master/limiter-stage.ts';
import { noise } from '../support.ts';

const sets = [createScalarKernels(), createSimdKernels(await compileWasm())] as const;
const length = 6000;
/** Quiet but for bursts: both stages rest in between. */
const input = noise(length, 1, 0.05).map((x, n) => (n % 2500 > 700 && n % 2500 < 800 ? 20 * x : x));

test.each(sets)('$kind: the gain of both is what the sound was turned down by', (kernels) => {
  const shared = { kernels, sampleRateHz: 48000, channelCounts: [1], links: Float64Array.of(1) };
  const release = { factor: 0.9, charge: 0, discharge: 0 };
  const stages = (['fast', 'exact'] as const).map((detector) =>
    createLimiterStage({
      ...{ ...shared, detector, release, neighbourSamples: 6, lookaheadSamples: 40 },
      ceilingGain: detector === 'fast' ? 0.6 : 0.4,
    }),
  );
  const series = joinLimiterStages(stages[0]!, stages[1]!, [1]);
  const { latencySamples } = series;
  expect(latencySamples).toBe(stages[0]!.latencySamples + stages[1]!.latencySamples);
  for (const size of [137, 4000]) {
    const kinds = new Set<boolean>();
    const [output, gains] = [new Float32Array(length), new Float32Array(length)];
    for (let from = 0; from < length; from += size) {
      const to = Math.min(length, from + size);
      series.process([[input.subarray(from, to)]], to - from, [[output.subarray(from, to)]]);
      kinds.add(series.isUnity(0));
      gains.set(
        series.isUnity(0) ? input.map(() => 1).subarray(from, to) : series.gains[0]!.subarray(0, to - from),
        from,
      );
    }
    expect(Math.min(...gains)).toBeLessThan(0.5);
    const difference = output.map((x, n) => x - (input[n - latencySamples] ?? 0) * gains[n]!);
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-7);
    if (size < 200 && kernels.kind === 'simd') expect([...kinds].sort()).toEqual([false, true]);
    series.reset();
  }
});
