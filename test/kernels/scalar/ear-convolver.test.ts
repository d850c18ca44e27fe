import { expect, test } from 'vitest';
import { createEarConvolver } from '../../../src/kernels/scalar/ear-convolver.ts';

test('responses are mixed with their weights, and each ear has its own delay', () => {
  const options = {
    sourceCount: 1,
    responseCount: 2,
    tapCount: 2,
    stepFrames: 64,
    blockSteps: 2,
    stepCount: 4,
  };
  const convolver = createEarConvolver({ ...options, maximumDelaySamples: 16, bandwidth: 1 });
  convolver.setResponse(0, Float32Array.of(1, 0.5), Float32Array.of(1));
  convolver.setResponse(1, Float32Array.of(0, 1), Float32Array.of(0, 0));
  for (const step of [-3, -2, -1])
    convolver.setSource(0, step, {
      responses: Int32Array.of(0, 1, 1),
      weights: Float64Array.of(1, 0.25, 0.25),
      delaySamples: Float64Array.of(4, 9),
      driftSamples: new Float64Array(2),
    });
  const input = Float32Array.from({ length: 256 }, (_, n) => Math.sin(0.2 * n));
  const [left, right] = [new Float32Array(256), new Float32Array(256)];
  convolver.processHop([input], left, right);
  // The highest bin is left out, so that half the rate is not heard; how much that is changes from block to block.
  const smooth = (signal: Float32Array, n: number) => (signal[n - 1]! + 2 * signal[n]! + signal[n + 1]!) / 4;
  for (let n = 40; n < 255; n++) {
    if (n % 128 === 0 || n % 128 === 127) continue;
    expect(smooth(left, n)).toBeCloseTo(smooth(input, n - 4) + smooth(input, n - 5), 4);
    expect(smooth(right, n)).toBeCloseTo(smooth(input, n - 9), 4);
  }
});
