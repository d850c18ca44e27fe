import { defaultScreen, type Screen } from './screen.ts';
import type { ScreenDocument } from './screen-schema.ts';

/** The screen that a document describes. */
export function buildScreen(document: ScreenDocument): Screen {
  const ratio = document.aspectRatio ?? defaultScreen.aspectRatio;
  if ('widthX' in document) {
    const { x = 0, y = 1, z: height = 0, widthX } = document;
    return { kind: 'cartesian', centre: [x, y, height], aspectRatio: ratio, widthX };
  }
  const { azimuthDeg = 0, elevationDeg = 0, distance = 1, widthAzimuthDeg } = document;
  return { kind: 'polar', azimuthDeg, elevationDeg, distance, aspectRatio: ratio, widthAzimuthDeg };
}
