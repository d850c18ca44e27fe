import type { Layout } from '../../layouts/layout.ts';
import { gaussProductGrid } from '../../math/quadrature.ts';
import { shChannelCount, sn3dToN3d, writeSphericalHarmonics } from '../../math/spherical-harmonics.ts';
import type { PointSourcePanner } from '../panner/point-source.ts';

/**
 * All-round ambisonic decoding (Zotter and Frank 2012): ambisonics is decoded to a dense regular grid of virtual
 * loudspeakers, and each of them is panned to the real ones. Neither weighted nor normalised.
 * @param panner of the layout; its imaginary loudspeakers close the gaps
 * @param gridDegree polynomial degree of the grid of virtual loudspeakers: 100 makes 5151 of them
 * @returns [loudspeaker][acn] for N3D, LFE rows 0
 */
export function allRadMatrix(
  order: number,
  layout: Layout,
  panner: PointSourcePanner,
  gridDegree = 100,
): Float64Array {
  const channelCount = shChannelCount(order);
  const loudspeakerCount = layout.loudspeakers.length;
  const matrix = new Float64Array(loudspeakerCount * channelCount);
  const gains = new Float64Array(loudspeakerCount);
  const harmonics = new Float64Array(channelCount);
  const { directions, weights } = gaussProductGrid(gridDegree);
  for (const [point, direction] of directions.entries()) {
    panner.pan(direction, gains);
    writeSphericalHarmonics(order, ...direction, harmonics);
    for (let loudspeaker = 0; loudspeaker < loudspeakerCount; loudspeaker++) {
      const gain = gains[loudspeaker]! * weights[point]!;
      if (gain === 0) continue;
      for (let acn = 0; acn < channelCount; acn++)
        matrix[loudspeaker * channelCount + acn]! += gain * harmonics[acn]!;
    }
  }
  return matrix.map((value, index) => value * sn3dToN3d(index % channelCount));
}
