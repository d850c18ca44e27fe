import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEffect } from '../../../src/master/scene-stage/effect.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import { processMembers } from '../../../src/master/scene-stage/process-members.ts';
import { effectContext, runEffect } from './effect-support.ts';

test('an effect is made from its parameters and works on the members of its group', async () => {
  const invert = defineEffect({
    type: 'invert',
    description: 'Turns the polarity.',
    parameters: { sign: z.literal([-1, 1]) },
    kind: 'linear',
    create: ({ sign }, context) =>
      processMembers(
        context,
        {
          inputChannelCount: 1,
          outputChannelCount: 1,
          latencySamples: 0,
          process: (input, output) =>
            output.channels[0]!.set(input.channels[0]!.subarray(0, input.frameCount).map((x) => sign * x)),
          reset: () => undefined,
        },
        { blendsWeights: true },
      ),
  });
  const context = await effectContext({ trackCount: 2, group: constantMembers(new Map([[1, 1]])) });
  const [first, second] = runEffect(invert.create({ sign: -1 }, context), [
    Float32Array.of(1, 2, 3),
    Float32Array.of(4, 5, 6),
  ]);
  expect([...first!]).toEqual([1, 2, 3]);
  expect([...second!]).toEqual([-4, -5, -6]);
});
