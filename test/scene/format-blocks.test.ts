import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../src/base/time.ts';
import { buildChannelPosition, buildPositionOffset } from '../../src/scene/build-positions.ts';
import {
  automationDocument,
  channelPositionDocument,
  levelDocument,
  positionOffsetDocument,
  stated,
} from '../../src/scene/format-blocks.ts';
import { elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type { AudioObject, ObjectBlock } from '../../src/scene/scene.ts';

const objectOf = (...blocks: ObjectBlock[]): AudioObject => ({
  ...elementDefaults,
  id: 'a',
  name: 'a',
  kind: 'object',
  blocks,
});

test('levels', () => {
  expect([0, -3, -Infinity, -300].map(levelDocument)).toEqual([undefined, -3, null, -200]);
  expect(stated({ a: undefined, b: 0 })).toEqual({ b: 0 });
});

test('places come back; angles outside of a turn are the same direction', () => {
  const position = { azimuthDeg: 190, elevationDeg: 10, distance: 2 };
  expect(buildChannelPosition(channelPositionDocument(position))).toMatchObject({
    azimuthDeg: -170,
    elevationDeg: 10,
    distance: 2,
  });
  const offset = { kind: 'cartesian', xyz: [0.5, -2, 1] } as const;
  expect(buildPositionOffset(positionOffsetDocument(offset))).toEqual(offset);
});

test('an object that rests states its place, one that moves its blocks', () => {
  expect(automationDocument(objectOf({ ...objectBlockDefaults, diffuse: 1 }))).toEqual({
    position: { azimuthDeg: 0, elevationDeg: 0 },
    diffuse: 1,
  });
  const first = { ...objectBlockDefaults, durationSec: rationalFromDecimal(0.5) };
  const open = { ...objectBlockDefaults, startSec: rationalFromDecimal(0.5), gainDb: -6 };
  // A last block that glides and never ends is heard as a short ramp, which documents can say.
  expect(automationDocument(objectOf(first, open)).blocks).toEqual([
    { startSec: 0, durationSec: 0.5, position: { azimuthDeg: 0, elevationDeg: 0 } },
    {
      startSec: 0.5,
      position: { azimuthDeg: 0, elevationDeg: 0 },
      gainDb: -6,
      jumpPosition: true,
      interpolationLengthSec: 0.01,
    },
  ]);
});
