import { expect, test } from 'vitest';
import { SceneError } from '../../../src/base/errors.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { ambixChannels } from '../../../src/render/ambisonic/ambisonic-conversion.ts';

/** The Furse-Malham encoding equations, W X Y Z R S T U V K L M N O P Q (Malham 2003). */
function fuma(azimuthDeg: number, elevationDeg: number): number[] {
  const a = (azimuthDeg * Math.PI) / 180;
  const e = (elevationDeg * Math.PI) / 180;
  const { sin, cos, sqrt } = Math;
  return [
    sqrt(1 / 2),
    cos(a) * cos(e),
    sin(a) * cos(e),
    sin(e),
    1.5 * sin(e) ** 2 - 0.5,
    cos(a) * sin(2 * e),
    sin(a) * sin(2 * e),
    cos(2 * a) * cos(e) ** 2,
    sin(2 * a) * cos(e) ** 2,
    (sin(e) * (5 * sin(e) ** 2 - 3)) / 2,
    sqrt(135 / 256) * cos(a) * cos(e) * (5 * sin(e) ** 2 - 1),
    sqrt(135 / 256) * sin(a) * cos(e) * (5 * sin(e) ** 2 - 1),
    sqrt(27 / 4) * cos(2 * a) * sin(e) * cos(e) ** 2,
    sqrt(27 / 4) * sin(2 * a) * sin(e) * cos(e) ** 2,
    cos(3 * a) * cos(e) ** 3,
    sin(3 * a) * cos(e) ** 3,
  ];
}

test.each([1, 2, 3])('FuMa of order %i becomes AmbiX', (order) => {
  for (const [azimuthDeg, elevationDeg] of [
    [0, 0],
    [37, 21],
    [-120, -55],
    [180, 80],
  ] as const) {
    const signal = fuma(azimuthDeg, elevationDeg);
    const channels = ambixChannels('FuMa', order);
    expect(channels).toHaveLength((order + 1) ** 2);
    const converted = new Float64Array((order + 1) ** 2);
    channels.forEach(({ acn, gain }, input) => (converted[acn] = gain * signal[input]!));
    sphericalHarmonics(order, azimuthDeg, elevationDeg).forEach((value, acn) =>
      expect(converted[acn]).toBeCloseTo(value, 12),
    );
  }
});

test('N3D is divided by sqrt(2 n + 1), SN3D passes', () => {
  expect(ambixChannels('SN3D', 1)).toEqual([0, 1, 2, 3].map((acn) => ({ acn, gain: 1 })));
  expect(ambixChannels('N3D', 7)[63]!.gain).toBeCloseTo(1 / Math.sqrt(15), 15);
});

test('there is no FuMa above order 3', () => {
  expect(() => ambixChannels('FuMa', 4)).toThrow(SceneError);
});
