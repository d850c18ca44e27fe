import { expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { createHrtfPlace, createTriangleFinder } from '../../src/hrtf/triangle-finder.ts';
import { triangulateSphere } from '../../src/math/sphere-triangulation.ts';
import { ringDirections } from './sets.ts';

test('finds for every direction a triangle whose weighted corners point there', () => {
  const directions = ringDirections(10);
  const points = Array.from({ length: directions.length / 2 }, (_, i) =>
    polarToCartesian(directions[2 * i]!, directions[2 * i + 1]!),
  );
  const find = createTriangleFinder(points, triangulateSphere(points)!);
  const place = createHrtfPlace();
  for (let i = 0; i < 5000; i++) {
    const direction = polarToCartesian(
      ((i * 137.508) % 360) - 180,
      (Math.asin(1 - (2 * i + 1) / 5000) * 180) / Math.PI,
    );
    find(direction, place);
    const sum = [0, 1, 2].map((axis) =>
      [0, 1, 2].reduce((total, j) => total + place.weights[j]! * points[place.indices[j]!]![axis]!, 0),
    );
    const cosine =
      sum.reduce((total, value, axis) => total + value * direction[axis]!, 0) / Math.hypot(...sum);
    expect(cosine).toBeGreaterThan(1 - 1e-9);
  }
  for (const point of points) {
    find(point, place);
    expect(Math.max(...place.weights)).toBeGreaterThan(1 - 1e-6);
  }
});
