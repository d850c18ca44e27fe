import { expect, test } from 'vitest';
import { gainEffect } from '../../../../src/master/scene-stage/effects/gain.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

test('members get the gain, partial ones their share of the dB, others nothing; the amount scales the dB', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [2, 0.5],
    ]),
  );
  const context = await effectContext({ trackCount: 3, group, amount: 0.5 });
  const inputs = [noise(500, 1), noise(500, 2), noise(500, 3)];
  const outputs = runEffect(gainEffect.create({ gainDb: 12 }, context), inputs);
  const at = (track: number, gainDb: number) => inputs[track]!.map((sample) => sample * 10 ** (gainDb / 20));
  expect(outputs[0]).toEqual(at(0, 6));
  expect(outputs[1]).toEqual(inputs[1]);
  expect(outputs[2]).toEqual(at(2, 3));
});
