import { expect, test } from 'vitest';
import { drawnGlow } from '../../../../src/audition/page/scene-view/picture.ts';

test('a calm picture tells sounding from silent, and no more', () => {
  expect([0, 0.3, 1].map((glow) => drawnGlow(glow, false))).toEqual([0, 0.3, 1]);
  const [silent, faint, full] = [0, 0.3, 1].map((glow) => drawnGlow(glow, true));
  expect(silent).toBe(0);
  expect(faint).toBe(full);
  expect(faint).toBeGreaterThan(0);
});
