import { expect, test } from 'vitest';
import { createUnitWeights, detectorUnits } from '../../../src/master/scene-stage/detector-units.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import { createScene, elementDefaults } from '../../../src/scene/make-scene.ts';
import type { AmbisonicBed } from '../../../src/scene/scene.ts';
import { effectContext } from './effect-support.ts';

test('channels of beds are units, the LFE apart; ambisonic elements are one', async () => {
  const { scene } = await effectContext({ trackCount: 4 });
  const ambience: AmbisonicBed = {
    ...elementDefaults,
    id: 'amb',
    name: 'Room',
    kind: 'ambisonic',
    order: 1,
    normalization: 'SN3D',
  };
  const context = await effectContext({
    scene: createScene('scene', [...scene.elements, ambience]),
    group: constantMembers(new Map([1, 3, 4, 5, 6, 7].map((track) => [track, 1]))),
  });
  expect(detectorUnits(context, false)).toEqual([
    { name: 'Bed M-030', members: [0], isApart: false },
    { name: 'Bed LFE1', members: [1], isApart: true },
    { name: 'Room', members: [2, 3, 4, 5], isApart: false },
  ]);
  expect(detectorUnits(context, true)[1]!.isApart).toBe(false);
});

test('weights that move are filled on and on, and from the start after a reset', () => {
  const group = {
    tracks: [0, 1],
    constantWeights: [0.5, undefined],
    fillWeights: (_: number, startSample: number, frameCount: number, weights: Float32Array) => {
      for (let n = 0; n < frameCount; n++) weights[n] = startSample + n;
    },
    reset: () => undefined,
  };
  const units = [0, 1].map((member) => ({ name: 'unit', members: [member], isApart: false }));
  const weights = createUnitWeights({ group, startSample: 10 }, units);
  expect(weights.constants).toEqual([0.5, undefined]);
  weights.fill(4);
  weights.fill(2);
  expect([...weights.rows[1]!.subarray(0, 2)]).toEqual([14, 15]);
  weights.reset();
  weights.fill(1);
  expect(weights.rows[1]![0]).toBe(10);
});
