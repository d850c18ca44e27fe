import { expect, test } from 'vitest';
import { createEarConvolver } from '../../../src/kernels/simd/ear-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('a source that goes from ear to ear passes along a quadratic B-spline', async () => {
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
  for (const step of [-2, -1, 2])
    convolver.setSource(0, step, {
      responses: new Int32Array(3).fill(step < 2 ? 0 : 1),
      weights: Float64Array.of(1, 0, 0),
      delaySamples: new Float64Array(2),
    });
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  convolver.processHop([new Float32Array(hopFrames).fill(1)], left, right);
  // The window of step 2 begins with it.
  for (let frame = 0; frame < hopFrames; frame++) {
    const x = frame / stepFrames - 2;
    const rise = x < 0 ? 0 : x < 1 ? x ** 2 / 2 : x < 2 ? 1 - (2 - x) ** 2 / 2 : 1;
    if (frame > 0) expect(left[frame]).toBeCloseTo(1 - rise, 2);
    expect(right[frame]).toBeCloseTo(rise, 2);
  }
});
