import type { ExclusionZone } from '../../scene/scene.ts';

/** Boxes that studio masters keep objects out of, by name: [minX, maxX, minY, maxY, minZ, maxZ]. */
const boxes = {
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
export type DolbyZoneName = keyof typeof boxes;

const toleratedDifference = 1e-4;

/** Name of the zone that a studio master may state; undefined where none is meant. */
export function dolbyZoneName(zone: ExclusionZone): DolbyZoneName | undefined {
  if (zone.kind !== 'cartesian') return undefined;
  const { min, max } = zone;
  const bounds = [min[0], max[0], min[1], max[1], min[2], max[2]];
  return (Object.entries(boxes) as [DolbyZoneName, readonly number[]][]).find(([, box]) =>
    box.every((bound, index) => Math.abs(bound - bounds[index]!) <= toleratedDifference),
  )?.[0];
}

/** Attributes of the zone element of a name: of floor and ceiling the height alone. */
export function dolbyZoneAttributes(name: DolbyZoneName): Record<string, string> {
  const [minX, maxX, minY, maxY, minZ, maxZ] = boxes[name].map(String) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return name === 'ZB' || name === 'ZT' ? { minZ, maxZ } : { minX, maxX, minY, maxY, minZ, maxZ };
}

/** The zone of a name. */
export function dolbyZone(name: DolbyZoneName): ExclusionZone {
  const [minX, maxX, minY, maxY, minZ, maxZ] = boxes[name];
  return { kind: 'cartesian', min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
}
