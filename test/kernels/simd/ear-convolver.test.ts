import { expect, test } from 'vitest';
import { fractionalDelayTable } from '../../../src/dsp/fractional-delay.ts';
import { createEarConvolver, planEarConvolver } from '../../../src/kernels/simd/ear-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('windows hold the filter, steps divide the hop', () => {
  for (const tapCount of [1, 63, 279, 558, 5000])
    for (const hopFrames of [64, 256, 1024, 2048]) {
      const { fftLength, stepFrames } = planEarConvolver(tapCount, hopFrames);
      expect(fftLength).toBeGreaterThanOrEqual(stepFrames + tapCount - 1);
      expect(hopFrames % stepFrames).toBe(0);
      expect(Number.isInteger(Math.log2(fftLength))).toBe(true);
    }
});

test('a source that glides from ear to ear fades its filters while its delays go on', async () => {
  const convolver = createEarConvolver(new WasmInstance(await compileWasm()), {
    sourceCount: 1,
    tapCount: 1,
    hopFrames: 64,
    maximumDelaySamples: 32,
    table: fractionalDelayTable(),
  });
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  const [one, none] = [Float32Array.of(1), Float32Array.of(0)];
  convolver.setEars(0, one, none, 10, 20);
  convolver.processHop([new Float32Array(64).fill(1)], left, right);
  expect(left[12]).toBeCloseTo(1, 5);
  convolver.setEars(0, none, one, 20, 10);
  convolver.processHop([new Float32Array(64).fill(1)], left, right);
  for (const frame of [0, 16, 63]) {
    expect(left[frame]).toBeCloseTo(1 - frame / 64, 5);
    expect(right[frame]).toBeCloseTo(frame / 64, 5);
  }
});
