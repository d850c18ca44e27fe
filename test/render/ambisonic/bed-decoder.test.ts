import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { sn3dToN3d } from '../../../src/math/spherical-harmonics.ts';
import { createBedDecoder } from '../../../src/render/ambisonic/bed-decoder.ts';
import {
  designBs2127Decoder,
  designLoudspeakerDecoder,
  type HoaDecoder,
} from '../../../src/render/ambisonic/loudspeaker-decoder.ts';
import { ambisonicScene } from '../../../src/scene/make-scene.ts';
import type { AmbisonicBed, AmbisonicNormalization } from '../../../src/scene/scene.ts';

const layout = getLayout('0+5+0');
const decode = (
  order: number,
  normalization: AmbisonicNormalization = 'SN3D',
  decoder?: HoaDecoder,
): Float64Array[] =>
  createBedDecoder(
    layout,
    decoder,
  )(ambisonicScene(order, { normalization, isHeadLocked: false }).elements[0] as AmbisonicBed);
const column = (matrix: Float64Array, acn: number, scale = 1): Float64Array =>
  Float64Array.from(layout.loudspeakers, (_, row) => matrix[row * 9 + acn]! * scale);

test('each channel has the gains of its column', () => {
  const ours = designLoudspeakerDecoder(2, layout);
  const gains = decode(2);
  expect(gains).toHaveLength(9);
  gains.forEach((found, acn) => expect(found).toEqual(column(ours, acn)));
  decode(2, 'SN3D', 'dual-band').forEach((found, acn) => expect(found).toEqual(column(ours, acn)));
});

test('the decoder of BS.2127 on request', () => {
  const conformant = designBs2127Decoder(2, layout);
  decode(2, 'SN3D', 'bs2127').forEach((found, acn) => expect(found).toEqual(column(conformant, acn)));
});

test('N3D is scaled, FuMa reordered', () => {
  const ours = designLoudspeakerDecoder(2, layout);
  decode(2, 'N3D').forEach((found, acn) => expect(found).toEqual(column(ours, acn, 1 / sn3dToN3d(acn))));
  expect(decode(2, 'FuMa')[1]).toEqual(column(ours, 3));
});
