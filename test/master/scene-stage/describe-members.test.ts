import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { describeMembers } from '../../../src/master/scene-stage/describe-members.ts';
import type { Group } from '../../../src/master/scene-stage/group-schema.ts';
import { resolveGroup } from '../../../src/master/scene-stage/resolve-group.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../../render/binaural/scenes.ts';

const seconds = rationalFromDecimal;
const scene = sceneOf(
  bedOf(['M+030', 'M-030', 'LFE1', 'M+110'], { name: 'Main' }),
  bedOf(['M+030', 'M-030'], { id: 'bed2', name: 'Choir' }),
  objectOf(
    [
      blockAt(0, 0, { durationSec: seconds(1) }),
      blockAt(180, 0, { startSec: seconds(1), durationSec: seconds(1) }),
    ],
    { name: 'Fly' },
  ),
);
const describe = (group: Group) =>
  describeMembers(scene, resolveGroup(group, { scene, sampleRateHz: 48000, onWarning: () => undefined }));

test('whole elements, parts of beds, and weights that change', () => {
  expect(describe('front')).toEqual([
    { element: 'Main', channels: ['M+030', 'M-030'], leastWeight: 1, greatestWeight: 1 },
    { element: 'Choir', channels: undefined, leastWeight: 1, greatestWeight: 1 },
    { element: 'Fly', channels: undefined, leastWeight: 0, greatestWeight: 1 },
  ]);
});

test('channels of different weights stand apart', () => {
  const [left, right] = describe({ azimuthDeg: [-30, 20], edgeDeg: 20 });
  expect(left).toMatchObject({ channels: ['M+030'], leastWeight: expect.closeTo(0.5, 6) as number });
  expect(right).toMatchObject({ channels: ['M-030'], leastWeight: 1 });
});
