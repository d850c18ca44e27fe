import { expect, test } from 'vitest';
import { createLimiterStage } from '../../../src/kernels/scalar/limiter-stage.ts';

test('a peak comes out at the ceiling of the stage, its delay later; the input gain comes on top', () => {
  const stage = createLimiterStage({
    ...{ channelCounts: [1], links: Float64Array.of(1), ceilingGain: 0.5, inputGain: 0.25 },
    ...{ search: 'plain', fir: { phaseCount: 1, tapCount: 1, coefficients: Float32Array.of(1) } },
    ...{ delaySamples: 4, lookaheadSamples: 4, holdSamples: 0 },
    release: { factor: 0, charge: 0, discharge: 0 },
  });
  expect([stage.groupCount, stage.isUnity(0)]).toEqual([1, false]);
  const input = Float32Array.from({ length: 20 }, (_, n) => (n === 5 ? 1 : 0.5));
  const output = new Float32Array(20);
  stage.process([[input]], 20, [[output]]);
  expect(output[9]).toBeCloseTo(0.125, 6);
  expect(stage.gains[0]![9]).toBeCloseTo(0.5, 6);
  expect([output[3], output[4], output[19]]).toEqual([0, 0.125, 0.125]);
});
