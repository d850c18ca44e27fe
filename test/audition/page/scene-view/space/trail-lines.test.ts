import { expect, test } from 'vitest';
import { TrailLines } from '../../../../../src/audition/page/scene-view/space/trail-lines.ts';
import { liveAt, smallScene, testLooks } from '../fixtures.ts';

test('trails lie on the paths and fade with age; what is looked at shows its whole path', () => {
  const { live } = liveAt(smallScene(), 2 * 48_000);
  const trails = new TrailLines(live);
  trails.update(testLooks());
  const { geometry } = trails.lines;
  const count = geometry.drawRange.count;
  expect(count).toBeGreaterThan(20);
  const positions = geometry.getAttribute('position');
  const alphas = geometry.getAttribute('color');
  for (let point = 0; point < count; point++) {
    const [x, y, z] = [positions.getX(point), positions.getY(point), positions.getZ(point)];
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 3);
  }
  const shares = Array.from({ length: count }, (_, point) => alphas.getW(point));
  expect(Math.max(...shares)).toBeGreaterThan(0.7);
  expect(Math.min(...shares)).toBeLessThan(0.4);
  trails.update(testLooks({ selected: 1 }));
  expect(geometry.drawRange.count).toBeGreaterThan(count);
});

test('what stands above the floor has a stem', () => {
  const { live } = liveAt(smallScene(), 0.5 * 48_000);
  const trails = new TrailLines(live);
  trails.update(testLooks());
  const positions = trails.lines.geometry.getAttribute('position');
  const count = trails.lines.geometry.drawRange.count;
  const heights = Array.from({ length: count }, (_, point) => positions.getY(point));
  expect(Math.max(...heights)).toBeCloseTo(Math.SQRT1_2);
});
