import { dolbyZones } from '../../scene/dolby-zones.ts';
import type { MasterNode } from '../master-facts.ts';

const sides = ['minX', 'maxX', 'minY', 'maxY', 'minZ', 'maxZ'];
const tolerance = 1e-4;

/** Whether a zone element has a name of the profile and, as far as it states them, that zone's sides. */
export function isZone({ text, attributes }: MasterNode): boolean {
  const zone = (dolbyZones as Readonly<Record<string, readonly number[]>>)[text];
  if (!zone || Object.keys(attributes).some((name) => !sides.includes(name))) return false;
  return sides.every((side, index) => {
    const stated = attributes[side];
    return stated === undefined || Math.abs(Number(stated) - zone[index]!) <= tolerance;
  });
}
