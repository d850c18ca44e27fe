import type { Group, Mesh } from 'three';
import { Box3, Vector3 } from 'three';
import { expect, test } from 'vitest';
import {
  buildHead,
  buildRoom,
  buildSpeaker,
} from '../../../../../src/audition/page/scene-view/space/room-model.ts';
import { testColours } from '../fixtures.ts';

const boundsOf = (node: Group | Mesh) => {
  node.updateMatrixWorld(true);
  return new Box3().setFromObject(node);
};

test('the room reaches to its walls and from the ears to the ceiling', () => {
  for (const shape of ['sphere', 'cube'] as const) {
    const { min, max } = boundsOf(buildRoom(shape, testColours));
    expect(min.x).toBeCloseTo(-1);
    expect(max.x).toBeCloseTo(1);
    expect(max.y).toBeCloseTo(1);
    expect(min.y).toBeCloseTo(0, 2);
  }
});

test('the nose of the head points to the front', () => {
  const { min, max } = boundsOf(buildHead(testColours));
  expect(-min.z).toBeGreaterThan(max.z);
  expect(max.x).toBeCloseTo(-min.x);
});

test('a loudspeaker stands at its place and faces the listener', () => {
  const speaker = buildSpeaker([-1, 0, 0], false, false, testColours);
  expect(speaker.position.toArray().map((value) => value + 0)).toEqual([-1, 0, 0]);
  const faced = speaker.getWorldDirection(new Vector3()).toArray();
  expect(faced).toEqual([1, 0, 0].map((value) => expect.closeTo(value)));
});
