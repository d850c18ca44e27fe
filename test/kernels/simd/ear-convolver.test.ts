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
    stepCount,
    maximumDelaySamples: 0,
  });
  const [one, none] = [Float32Array.of(1), Float32Array.of(0)];
  convolver.setResponse(0, one, none);
  convolver.setResponse(1, none, one);
  for (let step = 0; step < stepCount; step++)
    convolver.setSource(0, step, {
      responses: new Int32Array(3).fill(step < 4 ? 0 : 1),
      weights: Float64Array.of(1, 0, 0),
      delaySamples: new Float64Array(2),
    });
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  convolver.processHop([new Float32Array(hopFrames).fill(1)], left, right);
  // The first window of the right ear begins two steps before the one that ends it, and so does its output.
  for (let frame = 0; frame < hopFrames; frame++) {
    const x = frame / stepFrames - 4;
    const rise = x < 0 ? 0 : x < 1 ? x ** 2 / 2 : x < 2 ? 1 - (2 - x) ** 2 / 2 : 1;
    if (x >= -1) expect(left[frame]).toBeCloseTo(1 - rise, 2);
    expect(right[frame]).toBeCloseTo(rise, 2);
  }
});
