import { describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { shDegree } from '../../../src/math/spherical-harmonics.ts';
import { measureDecoder } from '../../../src/render/ambisonic/decoder-quality.ts';
import { designDualBand, dualBandCrossoverHz } from '../../../src/render/ambisonic/dual-band.ts';
import {
  degreeEnergies,
  designLoudspeakerDecoder,
} from '../../../src/render/ambisonic/loudspeaker-decoder.ts';

const horizon = Array.from({ length: 100 }, (_, i) => polarToCartesian(3.6 * i + 1, 0));

describe.each(['0+5+0', '0+7+0', '4+5+0', '4+7+0', '9+10+3'])('%s', (name) => {
  const layout = getLayout(name);

  test.each([1, 2, 3, 5, 7])(
    'order %i: the velocity of a plane wave, from a truer direction, at the same mean energy',
    (order) => {
      const high = designLoudspeakerDecoder(order, layout);
      const gains = designDualBand(order, layout);
      expect(gains).toHaveLength(order + 1);
      const low = high.map((value, index) => value * gains[shDegree(index % (order + 1) ** 2)]!);
      expect(measureDecoder(low, order, layout, horizon).meanVelocityVector).toBeCloseTo(1, 1);
      expect(measureDecoder(high, order, layout, horizon).meanVelocityVector).toBeLessThan(0.8);
      const energy = (decoder: Float64Array): number =>
        degreeEnergies(decoder, order).reduce((sum, part) => sum + part, 0);
      expect(energy(low)).toBeCloseTo(1, 9);
      // Where the bands meet, degrees have the mean of both gains.
      const between = high.map(
        (value, index) => (value * (1 + gains[shDegree(index % (order + 1) ** 2)]!)) / 2,
      );
      expect(Math.abs(10 * Math.log10(energy(between)))).toBeLessThan(0.25);
    },
  );
});

test('the crossover rises from 400 Hz to 700 Hz', () => {
  expect([1, 3, 7].map(dualBandCrossoverHz)).toEqual([400, 500, 700]);
});
