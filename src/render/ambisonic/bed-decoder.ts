import type { Layout } from '../../layouts/layout.ts';
import { shChannelCount } from '../../math/spherical-harmonics.ts';
import type { AmbisonicBed } from '../../scene/scene.ts';
import { ambixChannels } from './ambisonic-conversion.ts';
import { designBs2127Decoder, designLoudspeakerDecoder, type HoaDecoder } from './loudspeaker-decoder.ts';

/**
 * Makes the function that decodes ambisonic beds to a layout. Each order is designed once.
 * @returns gains [channel of the bed][loudspeaker], the bed's own gain not in it
 */
export function createBedDecoder(
  layout: Layout,
  decoder: HoaDecoder = 'max-re',
): (bed: AmbisonicBed) => Float64Array[] {
  const design = decoder === 'bs2127' ? designBs2127Decoder : designLoudspeakerDecoder;
  const matrices = new Map<number, Float64Array>();
  return ({ order, normalization }) => {
    const matrix = matrices.get(order) ?? design(order, layout);
    matrices.set(order, matrix);
    const count = shChannelCount(order);
    return ambixChannels(normalization, order).map(({ acn, gain }) =>
      Float64Array.from(layout.loudspeakers, (_, row) => matrix[row * count + acn]! * gain),
    );
  };
}
