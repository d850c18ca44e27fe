import { describe, expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { sn3dToN3d, sphericalHarmonics } from '../../src/math/spherical-harmonics.ts';
import { designBs2127Decoder } from '../../src/render/ambisonic/loudspeaker-decoder.ts';
import hoaDecode from '../golden/hoa-decode.json' with { type: 'json' };

const decoders = hoaDecode as {
  tolerance: number;
  cases: { layout: string; order: number; normalization: 'SN3D' | 'N3D'; matrix: number[][] }[];
};

describe('ITU-R BS.2127-1 clause 9: decoding of ambisonics, against its reference renderer', () => {
  test.each(decoders.cases)(
    '$layout order $order $normalization',
    ({ layout, order, normalization, matrix }) => {
      const { loudspeakers } = getLayout(layout);
      const channelCount = (order + 1) ** 2;
      const decoder = designBs2127Decoder(order, getLayout(layout));
      const rows = loudspeakers.flatMap(({ isLfe }, row) => (isLfe ? [] : [row]));
      expect(matrix).toHaveLength(rows.length);
      rows.forEach((row, i) =>
        matrix[i]!.forEach((wanted, acn) => {
          const scale = normalization === 'N3D' ? 1 / sn3dToN3d(acn) : 1;
          const found = decoder[row * channelCount + acn]! * scale;
          expect(Math.abs(found - wanted)).toBeLessThan(decoders.tolerance);
        }),
      );
    },
  );
});

describe('AmbiX (Nachbar et al. 2011)', () => {
  test('first order is W Y Z X; a plane wave has W 1, and its axis 1', () => {
    const rounded = (azimuthDeg: number, elevationDeg: number): number[] =>
      Array.from(
        sphericalHarmonics(1, azimuthDeg, elevationDeg),
        (value) => Math.round(value * 1e12) / 1e12 + 0,
      );
    expect(rounded(90, 0)).toEqual([1, 1, 0, 0]);
    expect(rounded(0, 90)).toEqual([1, 0, 1, 0]);
    expect(rounded(0, 0)).toEqual([1, 0, 0, 1]);
    expect(rounded(180, 0)).toEqual([1, 0, 0, -1]);
  });

  test('no SN3D channel exceeds W up to order 7', () => {
    for (let i = 0; i < 500; i++) {
      const values = sphericalHarmonics(7, i * 137.5, -90 + 0.36 * i);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-12);
    }
  });
});
