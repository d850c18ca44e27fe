import { dolbyZones, type DolbyZoneName } from '../../scene/dolby-zones.ts';
import type { ExclusionZone } from '../../scene/scene.ts';

const toleratedDifference = 1e-4;

/** Name of the zone that a studio master may state; undefined where none is meant. */
export function dolbyZoneName(zone: ExclusionZone): DolbyZoneName | undefined {
  if (zone.kind !== 'cartesian') return undefined;
  const { min, max } = zone;
  const bounds = [min[0], max[0], min[1], max[1], min[2], max[2]];
  return (Object.entries(dolbyZones) as [DolbyZoneName, readonly number[]][]).find(([, box]) =>
    box.every((bound, index) => Math.abs(bound - bounds[index]!) <= toleratedDifference),
  )?.[0];
}

/** Attributes of the zone element of a name: of floor and ceiling the height alone. */
export function dolbyZoneAttributes(name: DolbyZoneName): Record<string, string> {
  const [minX, maxX, minY, maxY, minZ, maxZ] = dolbyZones[name].map(String) as [
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
  const [minX, maxX, minY, maxY, minZ, maxZ] = dolbyZones[name];
  return { kind: 'cartesian', min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
}
