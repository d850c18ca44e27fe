import { ConfigError } from '../../base/errors.ts';
import { getLayout } from '../../layouts/built-in.ts';
import { isStereo, type Layout } from '../../layouts/layout.ts';
import { multiplyMatrices } from '../../math/linear-algebra.ts';
import { shChannelCount, shDegree, sn3dToN3d } from '../../math/spherical-harmonics.ts';
import { allRadMatrix } from './allrad.ts';
import { epadMatrix } from './epad.ts';
import { createEnergyVectorPanner } from './energy-vector-panner.ts';
import { maxReWeights } from './max-re.ts';
import { foldDownMatrix } from '../downmix/fold-down.ts';
import { createPointSourcePanner } from '../panner/point-source.ts';

/**
 * How ambisonic beds are decoded to loudspeakers: 'max-re' by `designLoudspeakerDecoder`; 'dual-band' the same above
 * a crossover and for the velocity of the sound field below it (see `designDualBand`); 'bs2127' by `designBs2127Decoder`.
 */
export type HoaDecoder = 'max-re' | 'dual-band' | 'bs2127';

/** Fine enough to agree with any dense grid, such as the reference renderer's, within 1e-4. */
const conformanceGridDegree = 300;

/**
 * Designs the matrix that decodes ambisonics (ACN, SN3D) to a layout: energy-preserving (EPAD) at order 1,
 * where AllRAD would lift horizontal sources, AllRAD with energy-vector panning above; both with max-rE weights,
 * and scaled so that plane waves from all over the sphere have the mean energy 1 of a panned object. Stereo, mono
 * and 3.1.2 cannot surround the listener: they are decoded to 0+5+0 or 2+5+0 and folded down (see
 * `foldDownMatrix`).
 * @param order 1..7
 * @returns [loudspeaker][acn], LFE rows 0
 * @throws ConfigError for another order; LayoutError for a layout that neither surrounds nor folds
 */
export function designLoudspeakerDecoder(order: number, layout: Layout): Float64Array {
  checkOrder(order);
  const source = layout.foldFrom ?? (isStereo(layout) ? '0+5+0' : undefined);
  if (source !== undefined) return foldDecoder(designLoudspeakerDecoder, source, order, layout);
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
 * weights, mean energy 1; stereo as that panner does it, mono and 3.1.2 folded down from 0+5+0 and 2+5+0.
 * @returns [loudspeaker][acn], SN3D in, LFE rows 0
 */
export function designBs2127Decoder(order: number, layout: Layout): Float64Array {
  checkOrder(order);
  if (layout.foldFrom !== undefined) return foldDecoder(designBs2127Decoder, layout.foldFrom, order, layout);
  const channelCount = shChannelCount(order);
  const matrix = allRadMatrix(order, layout, createPointSourcePanner(layout), conformanceGridDegree);
  return normalizeMeanEnergy(
    matrix.map((value, index) => value * sn3dToN3d(index % channelCount)),
    order,
  );
}

/** The decoder of a layout that is folded down from another. */
function foldDecoder(
  design: (order: number, layout: Layout) => Float64Array,
  source: string,
  order: number,
  layout: Layout,
): Float64Array {
  const surround = getLayout(source);
  const fold = foldDownMatrix(surround, layout);
  const rows = layout.loudspeakers.length;
  return normalizeMeanEnergy(
    multiplyMatrices(
      fold,
      design(order, surround),
      rows,
      surround.loudspeakers.length,
      shChannelCount(order),
    ),
    order,
  );
}

function checkOrder(order: number): void {
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
}

/**
 * What each degree has of the energy of plane waves, averaged over the sphere: N3D harmonics are orthonormal, so
 * that it is the sum of the squared gains for N3D.
 * @param decoder [loudspeaker][acn], SN3D in
 * @returns [degree]
 */
export function degreeEnergies(decoder: Float64Array, order: number): Float64Array {
  const channelCount = shChannelCount(order);
  const energies = new Float64Array(order + 1);
  for (let i = 0; i < decoder.length; i++) {
    const acn = i % channelCount;
    energies[shDegree(acn)]! += (decoder[i]! / sn3dToN3d(acn)) ** 2;
  }
  return energies;
}

/** Scales a decoder to mean energy 1. */
function normalizeMeanEnergy(decoder: Float64Array, order: number): Float64Array {
  const energy = degreeEnergies(decoder, order).reduce((sum, part) => sum + part, 0);
  const scale = 1 / Math.sqrt(energy);
  return decoder.map((value) => value * scale);
}
