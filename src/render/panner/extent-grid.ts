import { polarToCartesian } from '../../base/coordinates.ts';
import { degToRad } from '../../base/units.ts';
import type { ExtentGrid, GridRow } from '../../kernels/interfaces/extent.ts';
import type { PointSourcePanner } from './point-source.ts';

/** Rows, 5 degrees apart. BS.2127-1 clause 7.3.8.2. */
const rowCount = 37;

/** Pans every point of the grid once. @param loudspeakerCount LFEs included */
export function createExtentGrid(pointSource: PointSourcePanner, loudspeakerCount: number): ExtentGrid {
  const rows = createRows();
  const points = createPoints(rows);
  const pointCount = points.length / 3;
  const gainStarts = new Uint32Array(pointCount + 1);
  const gains: number[] = [];
  const outputs: number[] = [];
  const pointGains = new Float64Array(loudspeakerCount);
  for (let n = 0; n < pointCount; n++) {
    pointSource.pan([points[3 * n]!, points[3 * n + 1]!, points[3 * n + 2]!], pointGains);
    pointGains.forEach((gain, loudspeaker) => {
      if (gain === 0) return;
      gains.push(gain);
      outputs.push(loudspeaker);
    });
    gainStarts[n + 1] = gains.length;
  }
  return {
    rows,
    points,
    gainStarts,
    gains: Float64Array.from(gains),
    outputs: Uint16Array.from(outputs),
  };
}

function createRows(): GridRow[] {
  let firstPoint = 0;
  return Array.from({ length: rowCount }, (_, row) => {
    const elevationRad = degToRad(elevationOfRowDeg(row));
    const isPole = row === 0 || row === rowCount - 1;
    const radius = isPole ? 0 : Math.cos(elevationRad);
    const pointCount = Math.max(1, Math.round(radius * 2 * (rowCount - 1)));
    const first = firstPoint;
    firstPoint += pointCount;
    return { z: Math.sin(elevationRad), radius, firstPoint: first, pointCount };
  });
}

const elevationOfRowDeg = (row: number): number => -90 + (180 * row) / (rowCount - 1);

function createPoints(rows: readonly GridRow[]): Float64Array {
  return Float64Array.from(
    rows.flatMap(({ pointCount }, row) =>
      Array.from({ length: pointCount }, (_, n) =>
        polarToCartesian((360 * n) / pointCount, elevationOfRowDeg(row)),
      ).flat(),
    ),
  );
}
