import type { Vec3 } from '../../base/coordinates.ts';
import { polarToCartesian } from '../../base/coordinates.ts';
import { powerToDb, radToDeg } from '../../base/units.ts';
import type { Layout } from '../../layouts/layout.ts';
import { shChannelCount, writeSphericalHarmonics } from '../../math/spherical-harmonics.ts';
import { dot } from '../../math/vec3.ts';

/** How a decoder treats plane waves from a set of directions. */
export interface DecoderQuality {
  /** Loudest against quietest direction. */
  readonly energySpreadDb: number;
  /** Mean energy; 0 dB is that of an object panned by BS.2127. */
  readonly meanEnergyDb: number;
  /** Angle between the direction and the energy vector (Gerzon 1992). */
  readonly meanAngleErrorDeg: number;
  readonly maxAngleErrorDeg: number;
  /** Length of the energy vector: 1 is one loudspeaker alone, small values are wide sources. */
  readonly meanEnergyVector: number;
  /** Velocity towards the source against pressure, both in the mean: 1 is a plane wave (Gerzon 1992). */
  readonly meanVelocityVector: number;
}

/**
 * Measures a decoder with plane waves.
 * @param decoder [loudspeaker][acn], SN3D in
 * @param directions unit vectors on ADM axes
 */
export function measureDecoder(
  decoder: Float64Array,
  order: number,
  layout: Layout,
  directions: readonly Vec3[],
): DecoderQuality {
  const channelCount = shChannelCount(order);
  const harmonics = new Float64Array(channelCount);
  const positions = layout.loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
    polarToCartesian(azimuthDeg, elevationDeg),
  );
  let [least, most, energySum, angleSum, angleMax, lengthSum] = [Infinity, 0, 0, 0, 0, 0];
  let [pressureSum, velocitySum] = [0, 0];
  for (const direction of directions) {
    writeSphericalHarmonics(order, ...direction, harmonics);
    let energy = 0;
    const vector = [0, 0, 0];
    for (const [row, position] of positions.entries()) {
      let gain = 0;
      for (let acn = 0; acn < channelCount; acn++)
        gain += decoder[row * channelCount + acn]! * harmonics[acn]!;
      energy += gain * gain;
      pressureSum += gain;
      velocitySum += gain * dot(position, direction);
      for (let axis = 0; axis < 3; axis++) vector[axis]! += gain * gain * position[axis]!;
    }
    const length = Math.hypot(...vector);
    const cosine =
      (vector[0]! * direction[0] + vector[1]! * direction[1] + vector[2]! * direction[2]) / (length || 1);
    const angleDeg = radToDeg(Math.acos(Math.max(-1, Math.min(1, cosine))));
    least = Math.min(least, energy);
    most = Math.max(most, energy);
    energySum += energy;
    angleSum += angleDeg;
    angleMax = Math.max(angleMax, angleDeg);
    lengthSum += length / (energy || 1);
  }
  const count = directions.length;
  return {
    energySpreadDb: powerToDb(most / least),
    meanEnergyDb: powerToDb(energySum / count),
    meanAngleErrorDeg: angleSum / count,
    maxAngleErrorDeg: angleMax,
    meanEnergyVector: lengthSum / count,
    meanVelocityVector: velocitySum / pressureSum,
  };
}
