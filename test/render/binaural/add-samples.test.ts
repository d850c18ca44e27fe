import { expect, test } from 'vitest';
import { addSamples } from '../../../src/render/binaural/add-samples.ts';

test('samples are added to as many of the output', () => {
  const output = Float32Array.of(1, 2, 3);
  addSamples(output, Float32Array.of(0.5, -4));
  expect(output).toEqual(Float32Array.of(1.5, -2, 3));
});
