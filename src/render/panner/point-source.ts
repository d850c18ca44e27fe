import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { LayoutError } from '../../base/errors.ts';
import { getLayout } from '../../layouts/built-in.ts';
import { whyNotSurrounding } from '../../layouts/surrounding.ts';
import { isStereo, type Layout, type Loudspeaker } from '../../layouts/layout.ts';
import { convexFacets } from '../../math/convex-facets.ts';
import { centroid, dot, normalize } from '../../math/vec3.ts';
import { createLayerFill } from './layer-fill.ts';
import { createQuad, createTriplet, createVirtualNgon, type Region } from './regions.ts';

/** Gains of a point source, by direction. */
export interface PointSourcePanner {
  /**
   * Writes the gain of every loudspeaker of the layout (LFEs: 0) for the direction of a position, of any length
   * but 0. The power is 1, in stereo down to 1/2 behind the listener.
   * @param gains [loudspeaker], overwritten
   */
  pan(position: Vec3, gains: Float64Array): void;
}

/**
 * The point-source panner of BS.2127-1 clause 6.1. The convex hull of the nominal positions, with imaginary
 * loudspeakers where layers are thin and above and below, gives the regions; the real positions are panned
 * between. Where real positions stray so far from the nominal ones that directions stay uncovered (M+-090 and
 * M+-135 of 3+7+0 may swap places), the hull of the real positions is taken.
 * @throws LayoutError "layout-does-not-surround" for a layout that has to be folded to
 */
export function createPointSourcePanner(layout: Layout): PointSourcePanner {
  if (isStereo(layout)) return createStereoPanner(layout);
  const reason = whyNotSurrounding(layout);
  if (reason !== undefined) {
    throw new LayoutError(
      'layout-does-not-surround',
      `layout "${layout.name}" cannot be panned to: ${reason}`,
      {
        hint: layout.foldFrom && `render ${layout.foldFrom} and fold it down`,
      },
    );
  }
  const panner = createSurroundingPanner(layout);
  return coversSphere(panner) ? panner : createSurroundingPanner(withRealAsNominal(layout));
}

/** A panner that says where it has no region. */
interface PartialPanner extends PointSourcePanner {
  tryPan(position: Vec3, gains: Float64Array): boolean;
}

function createSurroundingPanner(layout: Layout): PartialPanner {
  const channels = layout.loudspeakers.flatMap((loudspeaker, index) => (loudspeaker.isLfe ? [] : [index]));
  const loudspeakers = channels.map((channel) => withScreenNominal(layout.loudspeakers[channel]!));
  const fill = createLayerFill(loudspeakers);
  const all = [...loudspeakers, ...fill.loudspeakers];
  const hasTop = loudspeakers.some(({ label }) => label === 'T+000' || label === 'UH+180');
  const imaginary: Vec3[] = hasTop
    ? [[0, 0, -1]]
    : [
        [0, 0, -1],
        [0, 0, 1],
      ];
  const regions = createRegions(
    [...all.map(nominalVector), ...imaginary],
    [...all.map(realVector), ...imaginary],
    all.length,
  );
  const extended = new Float64Array(all.length);

  const tryPan = (position: Vec3, gains: Float64Array): boolean => {
    extended.fill(0);
    if (!panInRegions(regions, position, extended)) return false;
    gains.fill(0);
    for (let i = 0; i < channels.length; i++) gains[channels[i]!] = extended[i]!;
    for (let i = 0; i < fill.targets.length; i++) {
      gains[channels[fill.targets[i]!]!]! += extended[channels.length + i]!;
    }
    normalizePower(gains);
    return true;
  };
  return {
    tryPan,
    pan(position, gains) {
      if (tryPan(position, gains)) return;
      // Rounding may leave hairline gaps between regions of odd layouts: the nearest loudspeaker takes over.
      const nearness = loudspeakers.map((loudspeaker) => dot(realVector(loudspeaker), position));
      gains.fill(0);
      gains[channels[nearness.indexOf(Math.max(...nearness))]!] = 1;
    },
  };
}

/** A region and the cap of the sphere that it lies in: directions outside of it need no closer look. */
interface CappedRegion {
  readonly region: Region;
  readonly axis: Vec3;
  readonly minCosine: number;
}

/** Slack of the caps, wider than that of the regions. */
const capSlack = 1e-6;

/** The smallest cap around the middle of some directions; one of half the sphere or more encloses all. */
function withCap(region: Region, corners: readonly Vec3[]): CappedRegion {
  const axis = normalize(centroid(corners));
  const minCosine = Math.min(...corners.map((corner) => dot(axis, normalize(corner)))) - capSlack;
  return { region, axis, minCosine: minCosine > 0 ? minCosine : -Infinity };
}

/** Asks one region after another; the first that covers the direction pans it. */
function panInRegions(regions: readonly CappedRegion[], position: Vec3, gains: Float64Array): boolean {
  const [x, y, z] = position;
  const distance = Math.sqrt(x * x + y * y + z * z);
  for (let i = 0; i < regions.length; i++) {
    const { region, axis, minCosine } = regions[i]!;
    if (x * axis[0] + y * axis[1] + z * axis[2] < minCosine * distance) continue;
    if (region.pan(position, gains)) return true;
  }
  return false;
}

/**
 * Facets next to an imaginary loudspeaker join into one region around it; the others are regions of their own.
 * @param realCount vertices from there on are imaginary
 */
function createRegions(nominal: readonly Vec3[], real: readonly Vec3[], realCount: number): CappedRegion[] {
  const facets = convexFacets(nominal);
  const pick = (corners: readonly number[]): Vec3[] => corners.map((corner) => real[corner]!);
  const around = real.slice(realCount).flatMap((centre, index) => {
    const touching = facets.filter((facet) => facet.includes(realCount + index));
    const corners = [...new Set(touching.flat())].filter((corner) => corner < realCount);
    if (corners.length === 0) return [];
    const positions = pick(corners);
    return [withCap(createVirtualNgon(corners, positions, centre), [...positions, centre])];
  });
  const plain = facets
    .filter((facet) => facet.every((corner) => corner < realCount))
    .map((corners) => {
      const positions = pick(corners);
      if (corners.length === 3) return withCap(createTriplet(corners, positions), positions);
      if (corners.length === 4) return withCap(createQuad(corners, positions), positions);
      const centre = normalize(centroid(positions));
      return withCap(createVirtualNgon(corners, positions, centre), positions);
    });
  return [...around, ...plain];
}

/**
 * Stereo: pan in 0+5+0, fold down with the centre at sqrt(1/3) (which keeps the velocity vector) and the
 * surrounds at sqrt(1/2), make the power 1, then lower it to -3 dB towards the rear. BS.2127-1 clause 6.1.2.4.
 */
function createStereoPanner(layout: Layout): PointSourcePanner {
  const indexOf = (label: string): number =>
    layout.loudspeakers.findIndex((loudspeaker) => loudspeaker.label === label);
  const left = indexOf('M+030');
  const right = indexOf('M-030');
  const surround = getLayout('0+5+0');
  const [l, r, c, ls, rs] = ['M+030', 'M-030', 'M+000', 'M+110', 'M-110'].map((label) =>
    surround.loudspeakers.findIndex((loudspeaker) => loudspeaker.label === label),
  ) as [number, number, number, number, number];
  const panner = createPointSourcePanner(surround);
  const five = new Float64Array(surround.loudspeakers.length);
  return {
    pan(position, gains) {
      panner.pan(position, five);
      const leftSum = five[l]! + Math.sqrt(1 / 3) * five[c]! + Math.SQRT1_2 * five[ls]!;
      const rightSum = five[r]! + Math.sqrt(1 / 3) * five[c]! + Math.SQRT1_2 * five[rs]!;
      const front = Math.max(five[l]!, five[r]!, five[c]!);
      const back = Math.max(five[ls]!, five[rs]!);
      const factor = 0.5 ** ((0.5 * back) / (front + back)) / Math.hypot(leftSum, rightSum);
      gains.fill(0);
      gains[left] = leftSum * factor;
      gains[right] = rightSum * factor;
    },
  };
}

/** M+-SC may stand inside or outside of M+-030; their nominal azimuth follows, so that the order is right. */
function withScreenNominal(loudspeaker: Loudspeaker): Loudspeaker {
  if (loudspeaker.label !== 'M+SC' && loudspeaker.label !== 'M-SC') return loudspeaker;
  const azimuthDeg = Math.sign(loudspeaker.azimuthDeg) * (Math.abs(loudspeaker.azimuthDeg) > 30 ? 45 : 15);
  return { ...loudspeaker, nominalAzimuthDeg: azimuthDeg, nominalElevationDeg: 0 };
}

const withRealAsNominal = (layout: Layout): Layout => ({
  ...layout,
  loudspeakers: layout.loudspeakers.map((loudspeaker) => ({
    ...loudspeaker,
    nominalAzimuthDeg: loudspeaker.azimuthDeg,
    nominalElevationDeg: loudspeaker.elevationDeg,
  })),
});

/** Whether every direction of a grid of 10 degrees (shifted off the symmetry planes) has a region. */
function coversSphere(panner: PartialPanner): boolean {
  const gains = new Float64Array(64);
  for (let elevationDeg = -87; elevationDeg < 90; elevationDeg += 10) {
    for (let azimuthDeg = -177; azimuthDeg < 180; azimuthDeg += 10) {
      if (!panner.tryPan(polarToCartesian(azimuthDeg, elevationDeg), gains)) return false;
    }
  }
  return true;
}

const nominalVector = (loudspeaker: Loudspeaker): Vec3 =>
  polarToCartesian(loudspeaker.nominalAzimuthDeg, loudspeaker.nominalElevationDeg);

const realVector = (loudspeaker: Loudspeaker): Vec3 =>
  polarToCartesian(loudspeaker.azimuthDeg, loudspeaker.elevationDeg);

function normalizePower(gains: Float64Array): void {
  let power = 0;
  for (let i = 0; i < gains.length; i++) power += gains[i]! * gains[i]!;
  const factor = 1 / Math.sqrt(power);
  for (let i = 0; i < gains.length; i++) gains[i]! *= factor;
}
