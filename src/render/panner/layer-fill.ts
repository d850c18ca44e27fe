import type { Loudspeaker } from '../../layouts/layout.ts';

/** Imaginary loudspeakers that fill the gaps of layers, and the real ones that play their signals. */
export interface LayerFill {
  readonly loudspeakers: readonly Loudspeaker[];
  /** For each of them, index of the real loudspeaker that it is mixed to at gain 1. */
  readonly targets: readonly number[];
}

interface Layer {
  readonly nominalElevationDeg: number;
  readonly fromDeg: number;
  readonly toDeg: number;
}

/** The layers below and above ear height. */
const layers: readonly Layer[] = [
  { nominalElevationDeg: -30, fromDeg: -70, toDeg: -10 },
  { nominalElevationDeg: 30, fromDeg: 10, toDeg: 70 },
];

/** Space beside the outermost loudspeaker of a layer that stays free, against fast vertical movements. */
const spaceDeg = 40;

/**
 * Puts an imaginary loudspeaker below and above every loudspeaker at ear height that stands further round than
 * the layer below or above reaches. BS.2127-1 clause 6.1.3.1.
 */
export function createLayerFill(loudspeakers: readonly Loudspeaker[]): LayerFill {
  const fill = layers.flatMap((layer) => fillLayer(loudspeakers, layer));
  return {
    loudspeakers: fill.map(({ loudspeaker }) => loudspeaker),
    targets: fill.map(({ target }) => target),
  };
}

function fillLayer(loudspeakers: readonly Loudspeaker[], layer: Layer) {
  const members = loudspeakers.filter(
    ({ nominalElevationDeg }) => layer.fromDeg <= nominalElevationDeg && nominalElevationDeg <= layer.toDeg,
  );
  const isEmpty = members.length === 0;
  const reachDeg = Math.max(...members.map(({ nominalAzimuthDeg }) => Math.abs(nominalAzimuthDeg)));
  const limitDeg = isEmpty ? 0 : reachDeg + spaceDeg;
  const elevationDeg = isEmpty
    ? layer.nominalElevationDeg
    : mean(members.map((member) => member.elevationDeg));
  // Layouts of BS.2051 have their layers at 30 degrees; in free layouts a layer is where its members are.
  const nominalElevationDeg =
    isEmpty || members.some((member) => member.nominalElevationDeg === layer.nominalElevationDeg)
      ? layer.nominalElevationDeg
      : mean(members.map((member) => member.nominalElevationDeg));
  return loudspeakers.flatMap((loudspeaker, target) => {
    const isMiddle = Math.abs(loudspeaker.nominalElevationDeg) <= 10;
    if (!isMiddle || Math.abs(loudspeaker.nominalAzimuthDeg) < limitDeg - 1e-5) return [];
    return [
      { target, loudspeaker: { ...loudspeaker, label: 'imaginary', elevationDeg, nominalElevationDeg } },
    ];
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
