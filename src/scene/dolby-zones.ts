/**
 * Boxes that studio masters keep objects out of, by name: [minX, maxX, minY, maxY, minZ, maxZ].
 * Dolby Atmos Master ADM profile 1.1.
 */
export const dolbyZones = {
  ZM1: [-1, 1, -1, -0.41934, -0.499, 0.499],
  ZM2L: [-1, -0.75806, -0.41934, 0.83871, -0.499, 0.499],
  ZM2R: [0.75806, 1, -0.41934, 0.83871, -0.499, 0.499],
  ZM3L: [-1, -0.16129, 0.5, 1, -0.499, 0.499],
  ZM3Lss: [-1, -0.51611, -0.707, 0.49999, -0.499, 0.499],
  ZM3R: [0.16129, 1, 0.5, 1, -0.499, 0.499],
  ZM3Rss: [0.51611, 1, -0.707, 0.49999, -0.499, 0.499],
  ZM4: [-1, 1, -1, 0.83871, -0.499, 0.499],
  ZM5: [-1, 1, 0.5, 1, -0.499, 0.499],
  ZB: [-1, 1, -1, 1, -1, -0.4995],
  ZT: [-1, 1, -1, 1, 0.4995, 1],
} as const satisfies Readonly<Record<string, readonly [number, number, number, number, number, number]>>;

/** Name of a zone. */
export type DolbyZoneName = keyof typeof dolbyZones;
