import { expect, test } from 'vitest';
import { objectBlockDefaults, createScene, elementDefaults } from '../../src/scene/make-scene.ts';
import { mirroredTracks } from '../../src/scene/mirrored-tracks.ts';
import type { AudioObject, Bed, ObjectPosition } from '../../src/scene/scene.ts';

const bed = (labels: readonly string[]): Bed => ({
  ...elementDefaults,
  id: 'bed',
  name: 'Bed',
  kind: 'bed',
  layout: undefined,
  channels: labels.map((label) => ({ label, position: undefined, isLfe: label === 'LFE1', gainDb: 0 })),
});
const object = (id: string, ...positions: ObjectPosition[]): AudioObject => ({
  ...elementDefaults,
  id,
  name: id,
  kind: 'object',
  blocks: positions.map((position, index) => ({
    ...objectBlockDefaults,
    position,
    startSec: { numerator: BigInt(index), denominator: 1n },
    durationSec: index === positions.length - 1 ? undefined : { numerator: 1n, denominator: 1n },
  })),
});
const polar = (azimuthDeg: number, elevationDeg = 0): ObjectPosition => ({
  kind: 'polar',
  azimuthDeg,
  elevationDeg,
  distance: 1,
});
const cube = (x: number, y: number, z: number): ObjectPosition => ({ kind: 'cartesian', xyz: [x, y, z] });

test('channels of a bed, left first; centre and LFE have no partner', () => {
  const labels = ['M-030', 'M+030', 'M+000', 'LFE1', 'M+090', 'M-090', 'U+045', 'U-135'];
  expect(mirroredTracks(createScene('scene', [bed(labels)]))).toEqual([
    [1, 0],
    [4, 5],
  ]);
});

test('objects that mirror each other at all times', () => {
  const scene = createScene('scene', [
    bed(['M+030', 'M-030']),
    object('right', polar(-40), polar(-60, 20)),
    object('left', polar(40), polar(60, 20)),
    object('elsewhere', polar(40), polar(61, 20)),
    object('middle', polar(0)),
    object('cube right', cube(0.5, 1, 0)),
    object('cube left', cube(-0.5, 1, 0)),
  ]);
  expect(mirroredTracks(scene)).toEqual([
    [0, 1],
    [3, 2],
    [7, 6],
  ]);
});

test('each object is in one pair at most', () => {
  const scene = createScene('scene', [
    object('a', polar(30)),
    object('b', polar(30)),
    object('c', polar(-30)),
  ]);
  expect(mirroredTracks(scene)).toEqual([[0, 2]]);
});
