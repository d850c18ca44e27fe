import { expect, test } from 'vitest';
import { createFirProcessor } from '../../src/dsp/fir-processor.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { runEffect } from '../master/scene-stage/effect-support.ts';
import { noise } from '../support.ts';

const kernels = await loadKernels();

test.each([[3], [3000], [20_001]])('%i taps: each channel with its own, at its place in time', (tapCount) => {
  const filters = [0.5, -2].map((gain) =>
    new Float32Array(tapCount).fill(gain, tapCount >> 1, (tapCount >> 1) + 1),
  );
  const processor = createFirProcessor(kernels, filters, tapCount >> 1);
  const input = noise(9000, 1);
  const runs = [9000, 777].map((blockFrames) => {
    processor.reset();
    return runEffect(processor, [input, input], blockFrames);
  });
  expect(runs[1]).toEqual(runs[0]);
  for (let n = 0; n < 9000; n += 11) {
    expect(runs[0]![0]![n]).toBeCloseTo(0.5 * input[n]!, 5);
    expect(runs[0]![1]![n]).toBeCloseTo(-2 * input[n]!, 5);
  }
});
