import { expect, test } from 'vitest';
import { createSampleDelay } from '../../src/dsp/sample-delay.ts';

test.each([0, 1, 5, 64])(
  '%i samples late, in blocks of any length, and anew after a reset',
  (delaySamples) => {
    const delay = createSampleDelay(delaySamples);
    expect(delay.delaySamples).toBe(delaySamples);
    const input = Float32Array.from({ length: 200 }, (_, n) => n + 1);
    for (let run = 0; run < 2; run++) {
      const output = new Float32Array(200);
      let at = 0;
      for (const frameCount of [1, 3, 64, 100, 32]) {
        delay.process(input.subarray(at, at + frameCount), output.subarray(at, at + frameCount), frameCount);
        at += frameCount;
      }
      expect([...output]).toEqual(
        Array.from({ length: 200 }, (_, n) => (n < delaySamples ? 0 : n - delaySamples + 1)),
      );
      delay.reset();
    }
  },
);

test('what comes out at first is what it rests at', () => {
  const delay = createSampleDelay(3, 1);
  const output = new Float32Array(5);
  for (let run = 0; run < 2; run++) {
    delay.process(Float32Array.of(5, 6, 7, 8, 9), output, 5);
    expect([...output]).toEqual([1, 1, 1, 5, 6]);
    delay.reset();
  }
});
