import type { Rotation } from '../../math/rotation.ts';
import { shChannelCount, type ShNormalization } from '../../math/spherical-harmonics.ts';

/** Choices of ambisonic renders. */
export interface AmbisonicSettings {
  /** Default SN3D (AmbiX). */
  readonly normalization?: ShNormalization | undefined;
  /** Turns the whole scene, but for what is head-locked; default none. */
  readonly rotation?: Rotation | undefined;
  /**
   * Adds a stereo pair, left and right, behind the ambisonic channels: players give it to the ears as it is,
   * however the head turns (the 4+2, 9+2, 16+2 channels of 360-degree video). Objects and beds of binaural
   * mode 'off' go there, panned as to 0+2+0, instead of into the sphere.
   */
  readonly headLocked?: boolean | undefined;
  /**
   * Level at which LFE channels go to W, or in equal parts to a head-locked pair; default 'off': AmbiX has no
   * LFE channel, and its content is meant to be heard 10 dB louder over a loudspeaker of its own.
   */
  readonly lfeDb?: number | 'off' | undefined;
}

/** Channels of an ambisonic render: (order + 1)^2, and two more where a pair is head-locked. */
export const ambisonicChannelCount = (order: number, { headLocked }: AmbisonicSettings): number =>
  shChannelCount(order) + (headLocked ? 2 : 0);

/** Label of every channel of an ambisonic render: "ACN0" and on, then "HL-L" and "HL-R". */
export const ambisonicChannelLabels = (order: number, { headLocked }: AmbisonicSettings): string[] => [
  ...Array.from({ length: shChannelCount(order) }, (_, acn) => `ACN${acn}`),
  ...(headLocked ? ['HL-L', 'HL-R'] : []),
];

/** What an ambisonic file holds, in one line for reports. */
export function describeAmbisonics(order: number, settings: AmbisonicSettings): string {
  const { normalization, rotation, headLocked } = settings;
  const parts = [
    `ambisonics of order ${order}`,
    normalization === 'N3D' ? 'ACN, N3D' : 'AmbiX (ACN, SN3D)',
    ...(headLocked ? ['with a head-locked stereo pair'] : []),
    ...(rotation
      ? [`turned by yaw ${rotation.yawDeg}, pitch ${rotation.pitchDeg}, roll ${rotation.rollDeg} degrees`]
      : []),
  ];
  return parts.join(', ');
}
