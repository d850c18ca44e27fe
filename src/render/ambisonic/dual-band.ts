import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import type { Layout } from '../../layouts/layout.ts';
import { shChannelCount, shDegree, writeSphericalHarmonics } from '../../math/spherical-harmonics.ts';
import { dot } from '../../math/vec3.ts';
import { degreeEnergies, designLoudspeakerDecoder } from './loudspeaker-decoder.ts';
import { maxReWeights } from './max-re.ts';

/**
 * Frequency below which ambisonics are decoded for the velocity of the sound field, 400 Hz at order 1 to 700 Hz at
 * order 7: the field is right around the middle of the head up to there, in a circle that grows with the order; above
 * it hearing follows energy (Gerzon 1992; Heller, Lee and Benjamin 2008 take 400 Hz at order 1).
 */
export const dualBandCrossoverHz = (order: number): number => 350 + 50 * order;

/** Steps around the horizon at which the velocity of a decoder is asked for. */
const azimuthCount = 72;

/** Most that W may differ from the other channels, up or down: layouts with a gap would ask for anything. */
const mostPressure = 2;

/**
 * What dual-band decoding changes in a max-rE decoder far below the crossover. The weights are taken off, and W is
 * set so that the velocity vector (Gerzon 1992) of horizontal sources has the length of a plane wave, 1, in the mean,
 * as matching modes would give it; without mode matching's gains where the layout has a gap. The mean energy stays.
 * @param layout that surrounds the listener
 * @returns gain of each degree [degree], linear
 */
export function designDualBand(order: number, layout: Layout): Float64Array {
  const decoder = designLoudspeakerDecoder(order, layout);
  const gains = maxReWeights(order).map((weight) => 1 / weight);
  gains[0] = pressureGain(decoder, gains, order, layout);
  const energies = degreeEnergies(decoder, order);
  const before = energies.reduce((sum, energy) => sum + energy, 0);
  const after = energies.reduce((sum, energy, degree) => sum + energy * gains[degree]! ** 2, 0);
  return gains.map((gain) => gain * Math.sqrt(before / after));
}

/**
 * Gain of W with which pressure and velocity towards the source are the same, in the mean over the horizon. Both
 * are a part that W makes, times that gain, and a part that all other channels make.
 */
function pressureGain(decoder: Float64Array, gains: Float64Array, order: number, layout: Layout): number {
  const positions = layout.loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
    polarToCartesian(azimuthDeg, elevationDeg),
  );
  const count = shChannelCount(order);
  const harmonics = new Float64Array(count);
  let ofW = 0;
  let ofOthers = 0;
  for (let step = 0; step < azimuthCount; step++) {
    const direction: Vec3 = polarToCartesian((360 * step) / azimuthCount, 0);
    writeSphericalHarmonics(order, ...direction, harmonics);
    for (const [row, position] of positions.entries()) {
      const pressureLessVelocity = 1 - dot(position, direction);
      let others = 0;
      for (let acn = 1; acn < count; acn++)
        others += decoder[row * count + acn]! * harmonics[acn]! * gains[shDegree(acn)]!;
      ofW += decoder[row * count]! * pressureLessVelocity;
      ofOthers += others * pressureLessVelocity;
    }
  }
  return Math.min(mostPressure, Math.max(1 / mostPressure, -ofOthers / ofW));
}
