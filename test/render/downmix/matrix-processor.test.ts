import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { createMatrixProcessor } from '../../../src/render/downmix/matrix-processor.ts';

test('outputs are the matrix times the inputs', () => {
  const processor = createMatrixProcessor(createScalarKernels(), Float64Array.of(1, 0.5, 0, 0, -1, 2), 3, 2);
  const input = createAudioBlock(3, 5);
  input.channels.forEach((channel, index) => channel.fill(index + 1));
  const output = createAudioBlock(2, 5);
  processor.process(input, output);
  expect([...output.channels[0]!]).toEqual(Array(5).fill(2));
  expect([...output.channels[1]!]).toEqual(Array(5).fill(4));
  expect([processor.inputChannelCount, processor.outputChannelCount, processor.latencySamples]).toEqual([
    3, 2, 0,
  ]);
});
