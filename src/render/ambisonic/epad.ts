import type { Layout } from '../../layouts/layout.ts';
import { multiplyMatrices, symmetricEigen, transposeMatrix } from '../../math/linear-algebra.ts';
import { shChannelCount, sphericalHarmonics } from '../../math/spherical-harmonics.ts';

/** Eigenvalues below this share of the largest count as 0: directions that the layout cannot tell apart. */
const rankTolerance = 1e-6;

/**
 * Energy-preserving ambisonic decoding (Zotter, Pomberger and Noisternig 2012): the matrix with orthonormal
 * columns nearest to the harmonics of the loudspeakers, Y (Y'Y)^(-1/2), so that the energy is the same in
 * every direction that the layout spans. A harmonic that it does not span (height on a flat layout) gets
 * nothing. Needs no fewer loudspeakers than channels to be of use.
 * @returns [loudspeaker][acn] for N3D, LFE rows 0
 */
export function epadMatrix(order: number, layout: Layout): Float64Array {
  const channelCount = shChannelCount(order);
  const { loudspeakers } = layout;
  const harmonics = new Float64Array(loudspeakers.length * channelCount);
  for (const [row, { azimuthDeg, elevationDeg, isLfe }] of loudspeakers.entries())
    if (!isLfe) harmonics.set(sphericalHarmonics(order, azimuthDeg, elevationDeg, 'N3D'), row * channelCount);

  const transposed = transposeMatrix(harmonics, loudspeakers.length, channelCount);
  const gram = multiplyMatrices(transposed, harmonics, channelCount, loudspeakers.length, channelCount);
  const { values, vectors } = symmetricEigen(gram, channelCount);
  const smallest = rankTolerance * Math.max(...values);
  const scaled = vectors.map((value, index) => {
    const eigenvalue = values[index % channelCount]!;
    return eigenvalue > smallest ? value / Math.sqrt(eigenvalue) : 0;
  });
  const inverseRoot = multiplyMatrices(
    scaled,
    transposeMatrix(vectors, channelCount, channelCount),
    channelCount,
    channelCount,
    channelCount,
  );
  return multiplyMatrices(harmonics, inverseRoot, loudspeakers.length, channelCount, channelCount);
}
