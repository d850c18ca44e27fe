import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../../src/base/coordinates.ts';
import { imageSources } from '../../../../src/render/binaural/room/image-sources.ts';
import { walls } from '../../../../src/render/binaural/room/room-modes.ts';

test('the image in the wall ahead lies ahead, and the way is to the wall and back', () => {
  const front = imageSources([0, 1, 0], 'mid')[2]!;
  expect(front.direction).toEqual([0, 1, 0]);
  expect(front.delaySec).toBeCloseTo((2 * (3 - 1.4)) / 343, 9);
  expect(front.gain).toBeCloseTo((0.5 * 1.4) / (6 - 1.4), 9);
});

test('images lie behind their walls, later and weaker than the source, whatever its direction', () => {
  for (const mode of ['near', 'mid', 'far'] as const)
    for (let i = 0; i < 40; i++) {
      const direction = polarToCartesian(i * 137.5, 90 * Math.sin(i));
      imageSources(direction, mode).forEach((image, index) => {
        expect(Math.hypot(...image.direction)).toBeCloseTo(1, 9);
        expect(image.delaySec).toBeGreaterThan(0);
        expect(image.delaySec).toBeLessThan(0.021);
        expect(image.gain).toBeLessThan(walls[index]!.reflection);
        const { normal } = walls[index]!;
        expect(image.direction.reduce((sum, value, axis) => sum + value * normal[axis]!, 0)).toBeGreaterThan(
          0,
        );
      });
    }
});
