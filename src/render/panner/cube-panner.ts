import type { Vec3 } from '../../base/coordinates.ts';
import type { Layout, Loudspeaker } from '../../layouts/layout.ts';
import { polarToCube } from '../../base/cube-coordinates.ts';

/**
 * Positions of the loudspeakers of a layout in the cube (allocentric), for panning objects with cartesian
 * positions. BS.2127-1 clause 7.3.9 tabulates them for BS.2051; loudspeakers with labels of other systems go
 * where the table would have them, all others where clause 10 converts their nominal position.
 * @returns [loudspeaker]
 */
export const cubePositions = (layout: Layout): readonly Vec3[] => layout.loudspeakers.map(cubePosition);

/** Left side of the table of clause 7.3.9, by azimuth: x, y. */
const outline: Readonly<Record<string, readonly [x: number, y: number]>> = {
  '000': [0, 1],
  '030': [-1, 1],
  '045': [-1, 1],
  '060': [-1, 0.414214],
  '090': [-1, 0],
  '110': [-1, -1],
  '135': [-1, -1],
  '180': [0, -1],
};

const heightOfLayer: Readonly<Record<string, number>> = { B: -1, M: 0, U: 1, UH: 1, LFE: -1 };

function cubePosition(loudspeaker: Loudspeaker): Vec3 {
  const { label } = loudspeaker;
  if (loudspeaker.isLfe) return label === 'LFE2' ? [1, 1, -1] : [-1, 1, -1];
  if (label === 'T+000') return [0, 0, 1];
  if (label === 'M+SC' || label === 'M-SC') return screenPosition(loudspeaker);
  const match = /^(B|M|U|UH)([+-])(\d{3})$/.exec(label);
  // Only the upper and lower layers have their corners at 45 degrees.
  const place = match && !/^M.045$/.test(label) ? outline[match[3]!] : undefined;
  if (match && place) {
    return [match[2] === '-' ? 0 - place[0] : place[0], place[1], heightOfLayer[match[1]!]!];
  }
  return convertedPosition(loudspeaker);
}

/** M+-SC stand on the front wall, or on the side walls where they are wider than M+-030. */
function screenPosition({ azimuthDeg }: Loudspeaker): Vec3 {
  const [x, y] = polarToCube({ azimuthDeg: Math.abs(azimuthDeg), elevationDeg: 0, distance: 1 });
  const isAtFront = Math.abs(y - 1) < 1e-10;
  return [Math.sign(azimuthDeg) * (isAtFront ? x : -1), isAtFront ? 1 : y, 0];
}

/** Converted from polar, with heights that differ less than a layer brought to one plane. */
function convertedPosition({ nominalAzimuthDeg, nominalElevationDeg }: Loudspeaker): Vec3 {
  const [x, y] = polarToCube({
    azimuthDeg: nominalAzimuthDeg,
    elevationDeg: nominalElevationDeg,
    distance: 1,
  });
  const z = Math.abs(nominalElevationDeg) <= 10 ? 0 : Math.sign(nominalElevationDeg);
  return [x, y, z];
}

/** One loudspeaker with those that it shares an axis with. */
export interface CubeNeighbours {
  readonly position: Vec3;
  /** Gain that leaves the power of one to all loudspeakers at this position; 1 unless a free layout has several. */
  readonly share: number;
  /** Distinct x of its row, y of its plane, z of all, each ascending. */
  readonly axes: readonly [x: readonly number[], y: readonly number[], z: readonly number[]];
}

/** Finds what each loudspeaker is panned against along each axis: planes, rows in its plane, columns in its row. */
export function findNeighbours(positions: readonly Vec3[]): readonly CubeNeighbours[] {
  const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
  return positions.map((position) => {
    const plane = positions.filter((other) => other[2] === position[2]);
    const row = plane.filter((other) => other[1] === position[1]);
    const sharing = row.filter((other) => other[0] === position[0]).length;
    return {
      position,
      share: Math.sqrt(1 / sharing),
      axes: [
        distinct(row.map((other) => other[0])),
        distinct(plane.map((other) => other[1])),
        distinct(positions.map((other) => other[2])),
      ],
    };
  });
}

/** Sine and cosine balance between the nearest of `others` below and above; the gain of the one at `own`. */
export function balanceGain(own: number, others: readonly number[], value: number): number {
  let below = -Infinity;
  let above = Infinity;
  for (const other of others) {
    if (other <= value) below = other;
    if (other >= value && above === Infinity) above = other;
  }
  if (below === -Infinity || below === above) return own === above ? 1 : 0;
  if (above === Infinity) return own === below ? 1 : 0;
  const share = ((value - below) / (above - below)) * (Math.PI / 2);
  if (own === below) return Math.cos(share);
  return own === above ? Math.sin(share) : 0;
}

/**
 * Gains of a point source at a position in the cube: balances between planes, rows and columns multiplied.
 * BS.2127-1 clause 7.3.7.2 (allocentric point source).
 * @returns [loudspeaker], power 1
 */
export function panInCube(neighbours: readonly CubeNeighbours[], [x, y, z]: Vec3): Float64Array {
  return Float64Array.from(
    neighbours,
    ({ position, share, axes }) =>
      share *
      balanceGain(position[0], axes[0], x) *
      balanceGain(position[1], axes[1], y) *
      balanceGain(position[2], axes[2], z),
  );
}
