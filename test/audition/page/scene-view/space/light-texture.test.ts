import { expect, test } from 'vitest';
import { lightTexture } from '../../../../../src/audition/page/scene-view/space/light-texture.ts';

test('a light is bright in the middle and nothing at its edge', () => {
  const { data, width, height } = lightTexture().image as { data: Uint8Array; width: number; height: number };
  const alphaAt = (x: number, y: number): number => data[4 * (y * width + x) + 3]!;
  expect(alphaAt(width / 2, height / 2)).toBeGreaterThan(235);
  expect(alphaAt(0, height / 2)).toBeLessThan(2);
  expect(alphaAt(0, 0)).toBe(0);
});
