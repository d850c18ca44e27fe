import { expect, test } from 'vitest';
import { xmlNode } from '../../../src/io/adm/format-values.ts';
import { blockNode, coordinatesOf, gainNodes, speakerPosition } from '../../../src/io/adm/itu-blocks.ts';
import { parseObjectBlock } from '../../../src/io/adm/object-block.ts';
import { parseSpeakerBlock } from '../../../src/io/adm/speaker-block.ts';
import { blockOf } from './write-scenes.ts';

const place = { file: 'file', path: 'AB' };

test('a block is read back as it was', () => {
  const block = blockOf(0, undefined, {
    position: {
      kind: 'cartesian',
      xyz: [0.1, -0.2, 0.3],
      screenEdgeLock: { horizontal: 'right', vertical: 'top' },
    },
    gainDb: -7.25,
    width: 0.1,
    height: 0.2,
    depth: 0.3,
    diffuse: 0.4,
    channelLock: { maxDistance: undefined },
    divergence: { value: 0.5, azimuthRangeDeg: undefined, positionRange: 0.25 },
    zoneExclusion: [{ kind: 'cartesian', min: [-1, -1, -1], max: [1, 0, 1] }],
    jumpPosition: true,
    interpolationLengthSec: { numerator: 1n, denominator: 100n },
    importance: 4,
  });
  const kept = xmlNode('equation', {}, 'x');
  const node = blockNode('AB_1', block, {}, [kept]);
  expect(parseObjectBlock(node, place, true)).toEqual(block);
  expect(node.children.at(-1)).toBe(kept);
});

test('positions of bed channels keep bounds and screen edges', () => {
  const position = {
    azimuthDeg: 30,
    elevationDeg: 1,
    distance: 1,
    bounds: { azimuthDeg: [20, 40] as const, distance: [0.5, 2] as const },
    screenEdgeLock: { horizontal: 'left' as const },
  };
  const node = xmlNode('audioBlockFormat', {}, [...speakerPosition(position), ...gainNodes(-1)]);
  expect(parseSpeakerBlock(node, place)).toEqual({ labels: [], position, gainDb: -1 });
  expect(gainNodes(0)).toEqual([]);
  expect(coordinatesOf({ kind: 'cartesian', xyz: [1, 2, 3] })).toEqual([
    ['X', 1],
    ['Y', 2],
    ['Z', 3],
  ]);
});
