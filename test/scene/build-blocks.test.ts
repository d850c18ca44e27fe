import { expect, test } from 'vitest';
import { buildObjectBlocks } from '../../src/scene/build-blocks.ts';

const object = { name: 'a', file: 'a.wav' };
const noFiles = new Map<string, string>();

test('an object at rest has one block without end', () => {
  const blocks = buildObjectBlocks({ ...object, position: { azimuthDeg: 30 } }, noFiles);
  expect(blocks).toMatchObject([
    {
      durationSec: undefined,
      gainDb: 0,
      position: { kind: 'polar', azimuthDeg: 30, elevationDeg: 0, distance: 1 },
    },
  ]);
});

test('blocks take from their object what they do not say', () => {
  const zone = { x: [-1, 0], y: [-1, 1], z: [0, 1] } as {
    x: [number, number];
    y: [number, number];
    z: [number, number];
  };
  const blocks = buildObjectBlocks(
    {
      ...object,
      gainDb: -6,
      position: { x: 0, y: 1 },
      width: 0.3,
      zoneExclusion: [zone],
      divergence: { value: 0.5, positionRange: 0.2 },
      blocks: [
        { durationSec: 1, gainDb: null },
        { durationSec: 1, width: 0, channelLock: { maxDistance: 0.5 }, zoneExclusion: [] },
      ],
    },
    noFiles,
  );
  expect(blocks[0]).toMatchObject({
    position: { kind: 'cartesian', xyz: [0, 1, 0] },
    gainDb: -Infinity,
    width: 0.3,
    zoneExclusion: [{ kind: 'cartesian', min: [-1, -1, 0], max: [0, 1, 1] }],
    divergence: { value: 0.5, azimuthRangeDeg: undefined, positionRange: 0.2 },
    channelLock: undefined,
  });
  expect(blocks[1]).toMatchObject({
    gainDb: 0,
    width: 0,
    zoneExclusion: [],
    channelLock: { maxDistance: 0.5 },
  });
});

test('a path gives moving blocks with the rendering of the object', () => {
  const files = new Map([['p.csv', '0,0\n1,3']]);
  const blocks = buildObjectBlocks({ ...object, path: 'p.csv', width: 20, channelLock: true }, files);
  expect(blocks.map(({ width }) => width)).toEqual([20, 20, 20]);
  expect(blocks[0]?.channelLock).toEqual({ maxDistance: undefined });
});
