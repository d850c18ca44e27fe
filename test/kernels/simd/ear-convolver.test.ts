import { expect, test } from 'vitest';
import { createEarConvolver } from '../../../src/kernels/simd/ear-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('a source that goes from ear to ear passes along a cubic B-spline', async () => {
  const stepFrames = 64;
  const stepCount = 8;
  const hopFrames = stepFrames * stepCount;
  const convolver = createEarConvolver(new WasmInstance(await compileWasm()), {
    sourceCount: 1,
    responseCount: 2,
    tapCount: 1,
    stepFrames,
    blockSteps: 2,
    stepCount,
    maximumDelaySamples: 0,
    bandwidth: 1,
  });
  const [one, none] = [Float32Array.of(1), Float32Array.of(0)];
  convolver.setResponse(0, one, none);
  convolver.setResponse(1, none, one);
  for (const step of [-3, -2, -1, 2])
    convolver.setSource(0, step, {
      responses: new Int32Array(3).fill(step < 2 ? 0 : 1),
      weights: Float64Array.of(1, 0, 0),
      delaySamples: new Float64Array(2),
      driftSamples: new Float64Array(2),
    });
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  convolver.processHop([new Float32Array(hopFrames).fill(1)], left, right);
  // The window of step 2 begins with it.
  for (let frame = 0; frame < hopFrames; frame++) {
    const x = frame / stepFrames - 2;
    const cube = (y: number) => Math.max(0, y) ** 3 / 6;
    const rise = cube(x) - 3 * cube(x - 1) + 3 * cube(x - 2) - cube(x - 3);
    if (frame > 0) expect(left[frame]).toBeCloseTo(1 - rise, 2);
    expect(right[frame]).toBeCloseTo(rise, 2);
  }
});

test('a delay that drifts takes nothing from high frequencies', async () => {
  const [stepFrames, stepCount] = [64, 12];
  const hopFrames = stepFrames * stepCount;
  const convolver = createEarConvolver(new WasmInstance(await compileWasm()), {
    sourceCount: 1,
    responseCount: 1,
    tapCount: 1,
    stepFrames,
    blockSteps: 2,
    stepCount,
    maximumDelaySamples: 16,
    bandwidth: 1,
  });
  convolver.setResponse(0, Float32Array.of(1), Float32Array.of(1));
  const [drift, turnRad] = [0.3, 2];
  for (let step = -3; step < stepCount; step++)
    convolver.setSource(0, step, {
      responses: new Int32Array(3),
      weights: Float64Array.of(1, 0, 0),
      delaySamples: new Float64Array(2).fill(8 + drift * step),
      driftSamples: Float64Array.of(drift, 0),
    });
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  const sine = Float32Array.from({ length: hopFrames }, (_, n) => Math.sin(turnRad * n));
  convolver.processHop([sine], left, right);
  const middle = (signal: Float32Array) => signal.subarray(4 * stepFrames, 8 * stepFrames);
  const levelOf = (signal: Float32Array) =>
    Math.sqrt((2 * middle(signal).reduce((sum, sample) => sum + sample ** 2, 0)) / (4 * stepFrames));
  expect(levelOf(left)).toBeCloseTo(1, 2);
  // What the windows make of an even turn: the fourth power of a sinc.
  const half = (turnRad * drift) / 2;
  expect(levelOf(right)).toBeCloseTo((Math.sin(half) / half) ** 4, 2);
});
