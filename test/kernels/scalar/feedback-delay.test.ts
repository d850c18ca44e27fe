import { expect, test } from 'vitest';
import { createFeedbackDelay } from '../../../src/kernels/scalar/feedback-delay.ts';

test('an impulse comes back from each line after its length, through its three taps', () => {
  const lineSamples = [70, 90, 110, 130, 150, 170, 190, 210];
  const network = createFeedbackDelay({
    lineSamples,
    middleGains: lineSamples.map(() => 0.5),
    sideGains: lineSamples.map(() => 0.25),
    tapSpacingSamples: 2,
    inputGains: [1, 0, 0, 0, 0, 0, 0, 0],
    hopFrames: 64,
  });
  const [first, second] = [new Float32Array(192), new Float32Array(192)];
  for (let from = 0; from < 192; from += 64) {
    const input = new Float32Array(64);
    if (from === 0) input[3] = 1;
    network.process(input, first.subarray(from, from + 64), second.subarray(from, from + 64), 0, 64);
  }
  const heard = [...first].flatMap((value, n) => (Math.abs(value) > 1e-9 ? [n] : []));
  expect(heard.slice(0, 3)).toEqual([71, 73, 75]);
  expect([71, 73, 75].map((n) => first[n]! * Math.sqrt(8))).toEqual(
    [0.25, 0.5, 0.25].map((gain) => expect.closeTo(gain, 6) as number),
  );
});
