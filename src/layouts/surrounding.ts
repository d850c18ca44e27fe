import { wrapAzimuthDeg } from '../base/coordinates.ts';
import { isStereo, type Layout } from './layout.ts';

/**
 * Why a layout cannot be panned to directly, or undefined where it can: the loudspeakers, with imaginary ones
 * above and below (BS.2127-1 clause 6.1.3.1), must enclose the listener, so no horizontal gap may reach 180
 * degrees. Stereo (0+2+0) has a rule of its own and always can (BS.2127-1 clause 6.1.2.4).
 */
export function whyNotSurrounding(layout: Layout): string | undefined {
  if (isStereo(layout)) return undefined;
  const full = layout.loudspeakers.filter((loudspeaker) => !loudspeaker.isLfe);
  if (full.length < 3) return `${full.length} loudspeaker(s) besides the LFE, at least 3 are needed`;
  const azimuthsDeg = full
    .filter((loudspeaker) => Math.abs(loudspeaker.elevationDeg) < 89)
    .map((loudspeaker) => loudspeaker.azimuthDeg)
    .sort((a, b) => a - b);
  for (const [index, fromDeg] of azimuthsDeg.entries()) {
    const toDeg = azimuthsDeg[index + 1] ?? azimuthsDeg[0]! + 360;
    if (toDeg - fromDeg > 180 - 1e-3) {
      return `no loudspeaker between azimuth ${fromDeg} and ${wrapAzimuthDeg(toDeg)} (a gap of ${toDeg - fromDeg} degrees, it must be less than 180)`;
    }
  }
  return azimuthsDeg.length === 0 ? 'all loudspeakers stand overhead or underneath' : undefined;
}
