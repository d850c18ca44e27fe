import { expect, test } from 'vitest';
import { polarityEffect } from '../../../../src/master/scene-stage/effects/polarity.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

test('members are turned exactly, others stay, a half is silence', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [2, 0.5],
    ]),
  );
  const context = await effectContext({ trackCount: 3, group });
  const inputs = [noise(300, 1), noise(300, 2), noise(300, 3)];
  const [turned, other, silent] = runEffect(polarityEffect.create({}, context), inputs);
  expect(turned).toEqual(inputs[0]!.map((sample) => -sample));
  expect(other).toEqual(inputs[1]);
  expect(silent!.every((sample) => sample === 0)).toBe(true);
});
