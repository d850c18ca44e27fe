import { expect, test } from 'vitest';
import { createSlidingMinimum } from '../../src/master/sliding-minimum.ts';
import { noise } from '../support.ts';

test.each([1, 2, 14, 100])(
  'window of %i: the least of the newest values, for any block size',
  (windowSamples) => {
    const input = noise(500, windowSamples).map((x) => (x > 0.2 ? 1 : Math.abs(x)));
    const expected = input.map((_, n) =>
      Math.min(...input.subarray(Math.max(0, n - windowSamples + 1), n + 1)),
    );
    for (const blockFrames of [1, 7, 500]) {
      const minimum = createSlidingMinimum(windowSamples);
      const output = new Float32Array(500);
      for (let from = 0; from < 500; from += blockFrames) {
        const part = input.subarray(from, from + blockFrames);
        minimum.process(part, part.length, output.subarray(from));
      }
      expect(output).toEqual(expected);
    }
  },
);

test('works in place, and reset forgets', () => {
  const minimum = createSlidingMinimum(3);
  const values = Float32Array.of(1, 0.5, 1, 1, 1);
  minimum.process(values, 5, values);
  expect([...values]).toEqual([1, 0.5, 0.5, 0.5, 1]);
  minimum.process(Float32Array.of(0.25), 1, values);
  minimum.reset();
  minimum.process(Float32Array.of(1), 1, values);
  expect(values[0]).toBe(1);
});
