import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import type { Layout } from '../../layouts/layout.ts';
import { dot, normalize, subtract, add } from '../../math/vec3.ts';
import { createPointSourcePanner, type PointSourcePanner } from '../panner/point-source.ts';

/** Corrections of the aim; more gain nothing on the layouts of BS.2051. */
const correctionCount = 4;

/**
 * The point-source panner of BS.2127-1, aimed so that the energy vector points where the source is. Amplitude
 * panning leaves it up to 20 degrees off between loudspeakers far apart; above 700 Hz, where ambisonic decoders
 * are judged by it, listeners hear the energy vector (Gerzon 1992). The aim is moved by what the vector misses,
 * a few times over, and the best aim wins; a loudspeaker's own direction stays untouched.
 * @throws LayoutError for a layout that cannot surround the listener
 */
export function createEnergyVectorPanner(layout: Layout): PointSourcePanner {
  const panner = createPointSourcePanner(layout);
  const positions = layout.loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
    polarToCartesian(azimuthDeg, elevationDeg),
  );
  const trial = new Float64Array(positions.length);

  const energyDirection = (gains: Float64Array): Vec3 => {
    let [x, y, z] = [0, 0, 0];
    for (const [index, position] of positions.entries()) {
      const energy = gains[index]! ** 2;
      x += energy * position[0];
      y += energy * position[1];
      z += energy * position[2];
    }
    return Math.hypot(x, y, z) < 1e-9 ? [0, 0, 0] : normalize([x, y, z]);
  };

  return {
    pan(position, gains) {
      const direction = normalize(position);
      let aim: Vec3 = direction;
      let smallest = Infinity;
      for (let step = 0; step <= correctionCount; step++) {
        panner.pan(aim, trial);
        const miss = subtract(direction, energyDirection(trial));
        const size = dot(miss, miss);
        if (size < smallest) {
          smallest = size;
          gains.set(trial);
        }
        const next = add(aim, miss);
        if (Math.hypot(...next) < 1e-3) return;
        aim = normalize(next);
      }
    },
  };
}
