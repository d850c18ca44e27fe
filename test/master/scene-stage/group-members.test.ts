import { expect, test } from 'vitest';
import { constantMembers, scaleMembers } from '../../../src/master/scene-stage/group-members.ts';

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

test('scaled members have a share of their weights; a factor of 1 changes nothing', () => {
  const members = constantMembers(new Map([[1, 0.5]]));
  const scaled = scaleMembers({ ...members, constantWeights: [undefined] }, 0.5);
  expect(scaled).toMatchObject({ tracks: [1], constantWeights: [undefined] });
  expect(scaleMembers(members, 0.5).constantWeights).toEqual([0.25]);
  const weights = new Float32Array(2);
  scaled.fillWeights(0, 0, 2, weights);
  expect([...weights]).toEqual([0.25, 0.25]);
  expect(scaleMembers(members, 1)).toBe(members);
});
