import { buildScreen } from './build-screen.ts';
import { isLfeLabel } from './labels.ts';
import type { Layout, Loudspeaker } from './layout.ts';
import type { LayoutDocument } from './layout-schema.ts';

/**
 * Makes a layout from a document that is known to be good: one of `layouts/`, or one that `parseLayout` has checked.
 * @param name where the document gives none
 */
export function buildLayout(document: LayoutDocument, name: string): Layout {
  return {
    name: document.name ?? name,
    aliases: document.aliases ?? [],
    description: document.description ?? '',
    source: document.source ?? name,
    foldFrom: document.foldFrom,
    screen: document.screen && buildScreen(document.screen),
    loudspeakers: document.loudspeakers.map(toLoudspeaker),
  };
}

function toLoudspeaker(entry: LayoutDocument['loudspeakers'][number]): Loudspeaker {
  const nominalAzimuthDeg = entry.nominalAzimuthDeg ?? entry.azimuthDeg;
  const nominalElevationDeg = entry.nominalElevationDeg ?? entry.elevationDeg;
  return {
    label: entry.label,
    azimuthDeg: entry.azimuthDeg,
    elevationDeg: entry.elevationDeg,
    nominalAzimuthDeg,
    nominalElevationDeg,
    azimuthRangeDeg: entry.azimuthRangeDeg ?? [nominalAzimuthDeg, nominalAzimuthDeg],
    elevationRangeDeg: entry.elevationRangeDeg ?? [nominalElevationDeg, nominalElevationDeg],
    isLfe: entry.lfe ?? isLfeLabel(entry.label),
  };
}
