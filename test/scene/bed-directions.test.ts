import { expect, test } from 'vitest';
import { bedDirections } from '../../src/scene/bed-directions.ts';
import { bedOf } from '../render/binaural/scenes.ts';

test('labels give their nominal positions, LFEs none', () => {
  const directions = bedDirections(bedOf(['M+030', 'LFE1', 'U-110', 'T+000']));
  expect(directions.map((direction) => direction && [direction.azimuthDeg, direction.elevationDeg])).toEqual([
    [30, 0],
    undefined,
    [-110, 30],
    [0, 90],
  ]);
});

test('a position of the channel comes first; an unknown label is an error', () => {
  const bed = bedOf(['mine']);
  expect(() => bedDirections(bed)).toThrow(/"mine" has no position/);
  const position = { azimuthDeg: 12, elevationDeg: 3, distance: 1 };
  expect(bedDirections({ ...bed, channels: [{ ...bed.channels[0]!, position }] })[0]).toEqual(position);
});
