import { expect, test } from 'vitest';
import { fractionalDelayTable } from '../../../src/dsp/fractional-delay.ts';
import { createEarConvolver } from '../../../src/kernels/scalar/ear-convolver.ts';

test('an impulse comes to each ear after its delay, through its filter', () => {
  const hopFrames = 64;
  const table = fractionalDelayTable();
  const convolver = createEarConvolver({
    sourceCount: 1,
    tapCount: 2,
    hopFrames,
    maximumDelaySamples: 32,
    table,
  });
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  convolver.setEars(0, Float32Array.of(0, 0.5), Float32Array.of(1), 10, 20);
  const impulse = new Float32Array(hopFrames);
  impulse[3] = 1;
  convolver.processHop([impulse], left, right);
  left.forEach((sample, n) => expect(sample).toBeCloseTo(n === 14 ? 0.5 : 0, 6));
  right.forEach((sample, n) => expect(sample).toBeCloseTo(n === 23 ? 1 : 0, 6));
});
