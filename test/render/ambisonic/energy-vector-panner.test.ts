import { expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../../src/base/coordinates.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createEnergyVectorPanner } from '../../../src/render/ambisonic/energy-vector-panner.ts';
import { createPointSourcePanner, type PointSourcePanner } from '../../../src/render/panner/point-source.ts';

const layout = getLayout('4+7+0');
const positions = layout.loudspeakers.map((l) => polarToCartesian(l.azimuthDeg, l.elevationDeg));

/** Mean angle in degrees between directions of the upper hemisphere and their energy vectors. */
function meanError(panner: PointSourcePanner): number {
  const gains = new Float64Array(positions.length);
  let sum = 0;
  let count = 0;
  for (let elevationDeg = 0; elevationDeg <= 85; elevationDeg += 5)
    for (let azimuthDeg = -180; azimuthDeg < 180; azimuthDeg += 7, count++) {
      const direction = polarToCartesian(azimuthDeg, elevationDeg);
      panner.pan(direction, gains);
      const vector = [0, 1, 2].map((axis) =>
        positions.reduce((total, position, i) => total + gains[i]! ** 2 * position[axis]!, 0),
      ) as unknown as Vec3;
      const cosine = vector.reduce((total, value, axis) => total + value * direction[axis]!, 0);
      sum += (Math.acos(Math.min(1, cosine / Math.hypot(...vector))) * 180) / Math.PI;
    }
  return sum / count;
}

test('energy vectors point closer to the source than by plain panning', () => {
  expect(meanError(createEnergyVectorPanner(layout))).toBeLessThan(
    0.5 * meanError(createPointSourcePanner(layout)),
  );
});

test('a source on a loudspeaker plays from it alone', () => {
  const panner = createEnergyVectorPanner(layout);
  const gains = new Float64Array(positions.length);
  layout.loudspeakers.forEach((loudspeaker, index) => {
    if (loudspeaker.isLfe) return;
    panner.pan(positions[index]!, gains);
    gains.forEach((gain, i) => expect(gain).toBeCloseTo(i === index ? 1 : 0, 6));
  });
});
