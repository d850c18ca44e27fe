import { Vector3 } from 'three';
import { expect, test } from 'vitest';
import { headMatrix, toSpace } from '../../../../../src/audition/page/scene-view/space/space-axes.ts';

const straight = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };
const turned = (head: typeof straight, x: number, y: number, z: number) =>
  new Vector3(x, y, z)
    .applyMatrix4(headMatrix(head))
    .toArray()
    .map((value) => Math.round(value * 1e6) / 1e6 + 0);

test('front goes away from the eye, left stays left, up stays up', () => {
  expect(
    toSpace([0, 1, 0])
      .toArray()
      .map((value) => value + 0),
  ).toEqual([0, 0, -1]);
  expect(
    toSpace([-1, 0, 0])
      .toArray()
      .map((value) => value + 0),
  ).toEqual([-1, 0, 0]);
  expect(
    toSpace([0, 0, 1])
      .toArray()
      .map((value) => value + 0),
  ).toEqual([0, 1, 0]);
});

test('a straight head faces the front', () => {
  expect(headMatrix(straight).elements).toEqual(
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1].map((value) => expect.closeTo(value)),
  );
});

test('yaw turns the nose to the left, pitch lifts it, roll lifts the left ear', () => {
  expect(turned({ ...straight, yawDeg: 90 }, 0, 0, -1)).toEqual([-1, 0, 0]);
  expect(turned({ ...straight, pitchDeg: 90 }, 0, 0, -1)).toEqual([0, 1, 0]);
  expect(turned({ ...straight, rollDeg: 90 }, -1, 0, 0)).toEqual([0, 1, 0]);
});
