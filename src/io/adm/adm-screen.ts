import { defaultScreen, type Screen } from '../../layouts/screen.ts';
import { parseNumber, type Place } from './adm-values.ts';
import { childOf, type XmlNode } from './xml-tree.ts';

/**
 * Screen that a programme was made for; undefined where it states none. What is left out is that of the default
 * screen. BS.2076-2 clause 9.9. @throws FormatError 'adm-value'
 */
export function parseReferenceScreen(programme: XmlNode, file: string): Screen | undefined {
  const node = childOf(programme, 'audioProgrammeReferenceScreen');
  if (!node || defaultScreen.kind !== 'polar') return undefined;
  const place: Place = { file, path: 'audioProgrammeReferenceScreen' };
  const centre = childOf(node, 'screenCentrePosition')?.attributes ?? {};
  const width = childOf(node, 'screenWidth')?.attributes ?? {};
  const value = (attributes: Readonly<Record<string, string>>, name: string, otherwise: number): number =>
    attributes[name] === undefined ? otherwise : parseNumber(attributes[name], name, place, -360, 360);
  const aspectText = childOf(node, 'aspectRatio')?.text ?? node.attributes.aspectRatio;
  const aspectRatio =
    aspectText === undefined
      ? defaultScreen.aspectRatio
      : parseNumber(aspectText, 'aspectRatio', place, 0.1, 10);
  if (width.X !== undefined || centre.X !== undefined) {
    return {
      kind: 'cartesian',
      centre: [value(centre, 'X', 0), value(centre, 'Y', 1), value(centre, 'Z', 0)],
      aspectRatio,
      widthX: value(width, 'X', 1),
    };
  }
  return {
    kind: 'polar',
    azimuthDeg: value(centre, 'azimuth', defaultScreen.azimuthDeg),
    elevationDeg: value(centre, 'elevation', defaultScreen.elevationDeg),
    distance: value(centre, 'distance', defaultScreen.distance),
    aspectRatio,
    widthAzimuthDeg: value(width, 'azimuth', defaultScreen.widthAzimuthDeg),
  };
}
