import { expect, test } from 'vitest';
import { widthEffect } from '../../../../src/master/scene-stage/effects/width.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

test.each([
  [0, 1, 0],
  [50, 1, 0.5],
  [200, 1, 2],
  [200, 0.5, 1.5],
])('width %i %%, amount %d: sides times %d', async (widthPercent, amount, gain) => {
  const inputs = [noise(2000, 1), noise(2000, 2)];
  const context = await effectContext({ trackCount: 2, amount });
  const [left, right] = runEffect(widthEffect.create({ widthPercent }, context), inputs);
  for (let n = 0; n < 2000; n++) {
    const middle = (inputs[0]![n]! + inputs[1]![n]!) / 2;
    const side = (inputs[0]![n]! - inputs[1]![n]!) / 2;
    expect(left![n]).toBeCloseTo(middle + gain * side, 5);
    expect(right![n]).toBeCloseTo(middle - gain * side, 5);
  }
});

test('a sound in the middle keeps every bit', async () => {
  const input = noise(2000, 1);
  const context = await effectContext({ trackCount: 2 });
  expect(runEffect(widthEffect.create({ widthPercent: 0 }, context), [input, input])).toEqual([input, input]);
});
