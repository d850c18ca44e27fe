import { expect, test } from 'vitest';
import { createChannelConvolver } from '../../../src/kernels/scalar/channel-convolver.ts';

test('an impulse comes out as the filter of its channel, across hops', () => {
  const filters = [new Float32Array(20), Float32Array.of(0, -1)];
  filters[0]![0] = 0.5;
  filters[0]![18] = 0.25;
  const convolver = createChannelConvolver({ filters, hopFrames: 16 });
  const rows = () => [new Float32Array(16), new Float32Array(16)] as const;
  const [impulse, additions, outputs] = [rows(), rows(), rows()];
  impulse[0][0] = impulse[1][0] = 1;
  additions[1][2] = 2;
  convolver.processHop(impulse, additions, outputs);
  expect(outputs[0][0]).toBeCloseTo(0.5, 6);
  expect([...outputs[1].subarray(0, 4)].map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual([
    0, -1, 2, 0,
  ]);
  convolver.processHop(rows(), rows(), outputs);
  expect(outputs[0][2]).toBeCloseTo(0.25, 6);
  expect(outputs[0][0]).toBeCloseTo(0, 6);
});
