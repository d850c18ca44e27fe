import { expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import type { Group } from '../../../src/master/scene-stage/group-schema.ts';
import { resolveGroup } from '../../../src/master/scene-stage/resolve-group.ts';
import { elementDefaults } from '../../../src/scene/make-scene.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../../render/binaural/scenes.ts';

const seconds = rationalFromDecimal;
const scene = sceneOf(
  bedOf(['M+030', 'M-030', 'LFE1', 'U+045'], { name: 'Main' }),
  objectOf([blockAt(75, 0)], { id: 'o1', name: 'Pad' }),
  objectOf(
    [
      blockAt(0, 0, { durationSec: seconds(1) }),
      blockAt(180, 0, { startSec: seconds(1), durationSec: seconds(1) }),
    ],
    { id: 'o2', name: 'Fly' },
  ),
  { ...elementDefaults, id: 'hoa', name: 'Hall', kind: 'ambisonic', order: 1, normalization: 'SN3D' },
);

function resolve(group: Group, of = scene) {
  const warnings: Warning[] = [];
  const members = resolveGroup(group, {
    scene: of,
    sampleRateHz: 48000,
    onWarning: (warning) => warnings.push(warning),
    path: 'scene[0].group',
  });
  return { ...members, warnings };
}

test('members are tracks in order, with weights that stay or change', () => {
  const { tracks, constantWeights, weightRanges, warnings } = resolve(['front', 'ambisonics']);
  expect(tracks).toEqual([0, 1, 4, 5, 6, 7, 8, 9]);
  expect(constantWeights).toEqual([1, 1, 0.5, undefined, 1, 1, 1, 1]);
  expect(weightRanges[3]).toEqual([0, 1]);
  expect(warnings).toEqual([]);
});

test('weights of members over time: filled for those that rest, too', () => {
  const members = resolve('front');
  const weights = new Float32Array(4);
  members.fillWeights(2, 0, 4, weights);
  expect([...weights]).toEqual([0.5, 0.5, 0.5, 0.5]);
  members.fillWeights(3, 96000, 4, weights);
  expect([...weights]).toEqual([0, 0, 0, 0]);
  members.reset();
  members.fillWeights(3, 0, 4, weights);
  expect([...weights]).toEqual([1, 1, 1, 1]);
});

test('positions are those that renderers see: an offset moves the object', () => {
  const moved = objectOf([blockAt(0, 0)], {
    positionOffset: { kind: 'polar', azimuthDeg: 180, elevationDeg: 0, distance: 0 },
  });
  expect(resolve('surround', sceneOf(moved)).tracks).toEqual([0]);
});

test('a region leaves ambisonic elements out, and says so', () => {
  const { tracks, warnings } = resolve('surround');
  expect(tracks).toEqual([4, 5]);
  expect(warnings).toEqual([
    {
      code: 'group-ambisonics',
      path: 'scene[0].group',
      message: expect.stringContaining('"Hall" is left out') as string,
    },
  ]);
});

test('a group of nothing names the elements that there are', () => {
  const { tracks, warnings } = resolve({ names: ['Vox*'] });
  expect(tracks).toEqual([]);
  expect(warnings).toEqual([
    {
      code: 'group-empty',
      path: 'scene[0].group',
      message: expect.stringContaining('the elements are "Main", "Pad", "Fly", "Hall"') as string,
    },
  ]);
});
