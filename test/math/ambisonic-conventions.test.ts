import { describe, expect, test } from 'vitest';
import { channelsToAcnSn3d } from '../../src/math/ambisonic-conventions.ts';
import { sphericalHarmonics } from '../../src/math/spherical-harmonics.ts';

/** Furse-Malham encoding functions, W X Y Z R S T U V K L M N O P Q (Malham 2003, Table 1). */
function fuMa(azimuthDeg: number, elevationDeg: number): number[] {
  const a = (azimuthDeg * Math.PI) / 180;
  const e = (elevationDeg * Math.PI) / 180;
  const [se, ce] = [Math.sin(e), Math.cos(e)];
  return [
    Math.SQRT1_2,
    Math.cos(a) * ce,
    Math.sin(a) * ce,
    se,
    1.5 * se * se - 0.5,
    Math.cos(a) * Math.sin(2 * e),
    Math.sin(a) * Math.sin(2 * e),
    Math.cos(2 * a) * ce * ce,
    Math.sin(2 * a) * ce * ce,
    (se * (5 * se * se - 3)) / 2,
    Math.sqrt(135 / 256) * Math.cos(a) * ce * (5 * se * se - 1),
    Math.sqrt(135 / 256) * Math.sin(a) * ce * (5 * se * se - 1),
    Math.sqrt(27 / 4) * Math.cos(2 * a) * se * ce * ce,
    Math.sqrt(27 / 4) * Math.sin(2 * a) * se * ce * ce,
    Math.cos(3 * a) * ce ** 3,
    Math.sin(3 * a) * ce ** 3,
  ];
}

describe('channelsToAcnSn3d', () => {
  test.each([
    [17, 23],
    [-110, 40],
    [160, -65],
  ])('FuMa of a plane wave from (%i, %i)', (azimuthDeg, elevationDeg) => {
    const encoded = fuMa(azimuthDeg, elevationDeg);
    const expected = sphericalHarmonics(3, azimuthDeg, elevationDeg, 'SN3D');
    channelsToAcnSn3d('FuMa', 3).forEach(({ acn, factor }, channel) =>
      expect(encoded[channel]! * factor).toBeCloseTo(expected[acn]!, 12),
    );
  });

  test('N3D of a plane wave; SN3D stays as it is', () => {
    const n3d = sphericalHarmonics(7, 30, 20, 'N3D');
    const sn3d = sphericalHarmonics(7, 30, 20, 'SN3D');
    channelsToAcnSn3d('N3D', 7).forEach(({ acn, factor }, channel) =>
      expect(n3d[channel]! * factor).toBeCloseTo(sn3d[acn]!, 12),
    );
    expect(channelsToAcnSn3d('SN3D', 2)).toEqual(Array.from({ length: 9 }, (_, acn) => ({ acn, factor: 1 })));
  });

  test('FuMa ends at order 3', () => expect(() => channelsToAcnSn3d('FuMa', 4)).toThrow(RangeError));
});
