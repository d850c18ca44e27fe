import { expect, test } from 'vitest';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';

test('members come in the order of tracks and keep their weights', () => {
  const members = constantMembers(
    new Map([
      [4, 0.25],
      [1, 1],
    ]),
  );
  expect(members).toMatchObject({ tracks: [1, 4], constantWeights: [1, 0.25] });
  const weights = new Float32Array(3);
  members.fillWeights(1, -10, 2, weights);
  expect([...weights]).toEqual([0.25, 0.25, 0]);
});
