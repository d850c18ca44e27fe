import type { Layout, Loudspeaker } from '../layouts/layout.ts';

/**
 * Weight of a loudspeaker in the loudness sum: ITU-R BS.1770-5, Annex 3, Table 4. It goes by the nominal
 * position, so that a file measures the same in every room; the surround weight is 1.41 as printed there, not
 * the 10^0.15 that its "+1.5 dB" rounds. LFE channels are left out (0).
 */
export function loudnessWeight(
  loudspeaker: Pick<Loudspeaker, 'isLfe' | 'nominalAzimuthDeg' | 'nominalElevationDeg'>,
): number {
  if (loudspeaker.isLfe) return 0;
  const azimuthDeg = Math.abs(loudspeaker.nominalAzimuthDeg);
  const isSurround = Math.abs(loudspeaker.nominalElevationDeg) < 30 && azimuthDeg >= 60 && azimuthDeg <= 120;
  return isSurround ? 1.41 : 1;
}

/** Weights of all channels of a layout [channel]. */
export const loudnessWeights = (layout: Layout): number[] => layout.loudspeakers.map(loudnessWeight);
