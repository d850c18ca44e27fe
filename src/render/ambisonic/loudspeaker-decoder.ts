import { ConfigError } from '../../base/errors.ts';
import { getLayout } from '../../layouts/built-in.ts';
import { isStereo } from '../../layouts/custom.ts';
import type { Layout } from '../../layouts/layout.ts';
import { multiplyMatrices } from '../../math/linear-algebra.ts';
import { shChannelCount, shDegree, sn3dToN3d } from '../../math/spherical-harmonics.ts';
import { allRadMatrix } from './allrad.ts';
import { epadMatrix } from './epad.ts';
import { createEnergyVectorPanner } from './energy-vector-panner.ts';
import { maxReWeights } from './max-re.ts';
import { foldDownMatrix } from '../downmix/fold-down.ts';
import { createPointSourcePanner } from '../panner/point-source.ts';

/** Fine enough to agree with any dense grid, such as the reference renderer's, within 1e-4. */
const conformanceGridDegree = 300;

/**
 * Designs the matrix that decodes ambisonics (ACN, SN3D) to a layout: energy-preserving (EPAD) at order 1,
 * where AllRAD would lift horizontal sources, AllRAD with energy-vector panning above; both with max-rE weights, and scaled so that plane
 * waves from all over the sphere have the mean energy 1 of a panned object. Stereo, mono and 3.1.2 cannot
 * surround the listener: they are decoded to 0+5+0 or 2+5+0 and folded
 * down (see `foldDownMatrix`).
 * @param order 1..7
 * @returns [loudspeaker][acn], LFE rows 0
 * @throws ConfigError for another order; LayoutError for a layout that neither surrounds nor folds
 */
export function designLoudspeakerDecoder(order: number, layout: Layout): Float64Array {
  checkOrder(order);
  const source = layout.foldFrom ?? (isStereo(layout) ? '0+5+0' : undefined);
  if (source !== undefined) {
    const surround = getLayout(source);
    const fold = foldDownMatrix(surround, layout);
    const rows = layout.loudspeakers.length;
    const decoder = designLoudspeakerDecoder(order, surround);
    return normalizeMeanEnergy(
      multiplyMatrices(fold, decoder, rows, surround.loudspeakers.length, shChannelCount(order)),
      order,
    );
  }
  const weights = maxReWeights(order);
  const matrix =
    order === 1 ? epadMatrix(order, layout) : allRadMatrix(order, layout, createEnergyVectorPanner(layout));
  const channelCount = shChannelCount(order);
  return normalizeMeanEnergy(
    matrix.map((value, index) => {
      const acn = index % channelCount;
      return value * weights[shDegree(acn)]! * sn3dToN3d(acn);
    }),
    order,
  );
}

/**
 * The decoder of ITU-R BS.2127-1 clause 9.2, for conformance: AllRAD with plain point-source panning, without max-rE
 * weights, mean energy 1; stereo as that panner does it.
 * @returns [loudspeaker][acn], SN3D in, LFE rows 0
 */
export function designBs2127Decoder(order: number, layout: Layout): Float64Array {
  checkOrder(order);
  const channelCount = shChannelCount(order);
  const matrix = allRadMatrix(order, layout, createPointSourcePanner(layout), conformanceGridDegree);
  return normalizeMeanEnergy(
    matrix.map((value, index) => value * sn3dToN3d(index % channelCount)),
    order,
  );
}

function checkOrder(order: number): void {
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
}

/**
 * Scales a decoder to mean energy 1. N3D harmonics are orthonormal on the sphere, so that the mean energy is
 * the sum of the squared gains for N3D.
 */
function normalizeMeanEnergy(decoder: Float64Array, order: number): Float64Array {
  const channelCount = shChannelCount(order);
  let energy = 0;
  for (let i = 0; i < decoder.length; i++) energy += (decoder[i]! / sn3dToN3d(i % channelCount)) ** 2;
  const scale = 1 / Math.sqrt(energy);
  return decoder.map((value) => value * scale);
}
