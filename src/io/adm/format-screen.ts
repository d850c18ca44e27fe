import type { Screen } from '../../layouts/screen.ts';
import { formatDecimal, xmlNode } from './format-values.ts';
import type { XmlNode } from './xml-tree.ts';

/** The audioProgrammeReferenceScreen of a screen. BS.2076-2 clause 9.9. */
export function screenNode(screen: Screen): XmlNode {
  const numbers = (values: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, formatDecimal(value)]));
  const centre: Record<string, number> =
    screen.kind === 'cartesian'
      ? { X: screen.centre[0], Y: screen.centre[1], Z: screen.centre[2] }
      : { azimuth: screen.azimuthDeg, elevation: screen.elevationDeg, distance: screen.distance };
  const width: Record<string, number> =
    screen.kind === 'cartesian' ? { X: screen.widthX } : { azimuth: screen.widthAzimuthDeg };
  return xmlNode('audioProgrammeReferenceScreen', {}, [
    xmlNode('aspectRatio', {}, formatDecimal(screen.aspectRatio)),
    xmlNode('screenCentrePosition', numbers(centre)),
    xmlNode('screenWidth', numbers(width)),
  ]);
}
