import { expect, test } from 'vitest';
import { createBandApplier } from '../../../src/master/scene-stage/band-gains.ts';
import type { ClassGains } from '../../../src/master/scene-stage/gain-classes.ts';
import { effectContext } from './effect-support.ts';

/** Gains that stay for one class of members each. */
const constantGains = (gainOfMembers: readonly (readonly [number[], number])[]): ClassGains => ({
  classes: gainOfMembers.map(([members, gain]) => ({ members, gains: new Float32Array(8).fill(gain) })),
  process: () => undefined,
  reductions: () => [],
  reset: () => undefined,
});

test('each band moves its part of what the band before left, late by the latency', async () => {
  const context = await effectContext({ trackCount: 2 });
  const half = { b0: 0.5, b1: 0, b2: 0, a1: 0, a2: 0 };
  const gains = [
    constantGains([
      [[0], 3],
      [[1], 1],
    ]),
    constantGains([[[0, 1], 0]]),
  ];
  const applier = createBandApplier(context, gains, [half, half], 2);
  const output = { channels: [new Float32Array(4), new Float32Array(4)], frameCount: 4 };
  const input = { channels: [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 2, 3, 4)], frameCount: 4 };
  applier.process(input, output);
  // 1 + (3 - 1) / 2 = 2, then 1 - 1 / 2 of that.
  expect(output.channels.map((row) => [...row])).toEqual([
    [0, 0, 1, 2],
    [0, 0, 0.5, 1],
  ]);
  applier.reset();
  applier.process({ ...input, frameCount: 2 }, output);
  expect([...output.channels[0]!.subarray(0, 2)]).toEqual([0, 0]);
});
