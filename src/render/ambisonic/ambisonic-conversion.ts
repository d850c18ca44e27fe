import { SceneError } from '../../base/errors.ts';
import { shDegree, sn3dToN3d } from '../../math/spherical-harmonics.ts';
import type { AmbisonicNormalization } from '../../scene/scene.ts';

/** Which channel of AmbiX an incoming ambisonic channel belongs to, and what makes it SN3D. */
export interface AmbisonicChannel {
  readonly acn: number;
  readonly gain: number;
}

/** Highest order that FuMa defines. */
export const maxFumaOrder = 3;

/**
 * Furse-Malham channels W X Y Z R S T U V K L M N O P Q with their ACN number and SN3D / maxN, W at -3 dB
 * (Malham 2003; Daniel 2000, Table 3.3).
 */
const fumaChannels: readonly AmbisonicChannel[] = [
  { acn: 0, gain: Math.SQRT2 },
  { acn: 3, gain: 1 },
  { acn: 1, gain: 1 },
  { acn: 2, gain: 1 },
  { acn: 6, gain: 1 },
  { acn: 7, gain: Math.sqrt(3) / 2 },
  { acn: 5, gain: Math.sqrt(3) / 2 },
  { acn: 8, gain: Math.sqrt(3) / 2 },
  { acn: 4, gain: Math.sqrt(3) / 2 },
  { acn: 12, gain: 1 },
  { acn: 13, gain: Math.sqrt(32 / 45) },
  { acn: 11, gain: Math.sqrt(32 / 45) },
  { acn: 14, gain: Math.sqrt(5) / 3 },
  { acn: 10, gain: Math.sqrt(5) / 3 },
  { acn: 15, gain: Math.sqrt(5 / 8) },
  { acn: 9, gain: Math.sqrt(5 / 8) },
];

/**
 * Where each channel of an ambisonic signal goes to in AmbiX (ACN, SN3D).
 * @param normalization and order of the incoming signal
 * @returns [incoming channel]
 * @throws SceneError "fuma-order" for FuMa above order 3
 */
export function ambixChannels(normalization: AmbisonicNormalization, order: number): AmbisonicChannel[] {
  const count = (order + 1) ** 2;
  if (normalization !== 'FuMa')
    return Array.from({ length: count }, (_, acn) => ({
      acn,
      gain: normalization === 'N3D' ? 1 / sn3dToN3d(acn) : 1,
    }));
  if (order > maxFumaOrder)
    throw new SceneError('fuma-order', `FuMa of order ${order}; it is defined up to order ${maxFumaOrder}`);
  return fumaChannels.filter(({ acn }) => shDegree(acn) <= order);
}
