import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { nominalPosition, normalizeLabel } from '../../layouts/labels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { defaultScreen } from '../../layouts/screen.ts';
import { distance } from '../../math/vec3.ts';
import type { ScreenEdgeLock } from '../../scene/scene.ts';
import { isInsideAngleRange } from '../../base/angles.ts';
import { cubePositions, findNeighbours, panInCube } from './cube-panner.ts';
import { findMappingRule, undivided, type MappingRule } from './mapping-rules.ts';
import { createPointSourcePanner } from './point-source.ts';
import { createScreenMapper, screenOf } from './screen.ts';

/** Slack of bounds and of equal distances. */
const tolerance = 1e-5;

/** A coordinate with the range in which a loudspeaker may stand for it; without bounds only the value. */
export interface Bounded {
  readonly value: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Position of a DirectSpeakers channel: polar (degrees), or in the cube. */
export type DirectSpeakerPosition =
  | {
      readonly kind: 'polar';
      readonly azimuth: Bounded;
      readonly elevation: Bounded;
      readonly distance: Bounded;
      readonly screenEdgeLock?: ScreenEdgeLock | undefined;
    }
  | {
      readonly kind: 'cartesian';
      readonly xyz: readonly [Bounded, Bounded, Bounded];
      readonly screenEdgeLock?: ScreenEdgeLock | undefined;
    };

/** One channel of type DirectSpeakers (BS.2076 clause 5.4.3.1). */
export interface DirectSpeaker {
  /** BS.2051 labels, URNs or aliases; earlier ones come first. */
  readonly labels: readonly string[];
  /** Where no position is given, that of the first label that has one. */
  readonly position?: DirectSpeakerPosition | undefined;
  readonly isLfe: boolean;
  /** Set for channels of a known bed: the mapping rules apply, some of them only from one layout (BS.2051 name). */
  readonly mapFrom?: { readonly layout: string | undefined } | undefined;
}

/** Which of the rules of BS.2127-1 clause 8 decided where a channel goes. */
export type SpeakerRule =
  'mapping rule' | 'undivided' | 'own loudspeaker' | 'bounds' | 'panned' | 'first LFE' | 'dropped LFE';

/** Where a channel goes. */
export interface SpeakerRoute {
  readonly rule: SpeakerRule;
  /** [loudspeaker] */
  readonly gains: Float64Array;
}

/**
 * Makes the router for channels that belong to loudspeakers, BS.2127-1 clause 8: mapping rules, then
 * the loudspeaker of the label, then the one loudspeaker nearest within the bounds, then the point-source
 * panner; an LFE channel goes to LFEs only, and is dropped where there is none.
 * @param meetsInFold whether fronts and surrounds meet in a fold-down, so that no rule divides a channel between them
 * @returns undefined for a channel without a known label or position
 */
export function createSpeakerRouter(
  layout: Layout,
  meetsInFold = false,
): (speaker: DirectSpeaker) => SpeakerRoute | undefined {
  const { loudspeakers } = layout;
  const names = loudspeakers.map(({ label }) => normalizeLabel(label, layout) ?? label);
  const pan = createPositionPanner(layout);
  const findWithin = createBoundsFinder(layout);
  const screens = createScreenMapper(defaultScreen, screenOf(layout), names.includes('U+045'));
  const single = (rule: SpeakerRule, index: number): SpeakerRoute => {
    const gains = new Float64Array(loudspeakers.length);
    if (index >= 0) gains[index] = 1;
    return { rule, gains };
  };

  return (speaker) => {
    const labels = speaker.labels.map((label) => normalizeLabel(label) ?? label);
    const found = speaker.mapFrom && findMappingRule(labels[0] ?? '', speaker.mapFrom.layout, layout, names);
    if (found) {
      const applied = meetsInFold ? undivided(labels[0]!, found) : found;
      const gains = gainsOf(applied, names);
      const isOwn = gains[names.indexOf(labels[0]!)] === 1;
      return { rule: isOwn ? 'own loudspeaker' : applied === found ? 'mapping rule' : 'undivided', gains };
    }

    for (const label of labels) {
      const index = names.indexOf(label);
      if (index >= 0 && loudspeakers[index]!.isLfe === speaker.isLfe) return single('own loudspeaker', index);
    }
    const given = speaker.position ?? positionOfLabels(labels);
    const position = given && lockToScreen(given, screens.lock);
    const nearest = position && findWithin(position, speaker.isLfe);
    if (nearest !== undefined) return single('bounds', nearest);
    if (speaker.isLfe) {
      const first = names.indexOf('LFE1');
      return single(first < 0 ? 'dropped LFE' : 'first LFE', first);
    }
    return position && { rule: 'panned', gains: pan(position) };
  };
}

function gainsOf({ powers }: MappingRule, names: readonly string[]): Float64Array {
  const gains = new Float64Array(names.length);
  for (const [target, power] of Object.entries(powers)) gains[names.indexOf(target)] = Math.sqrt(power);
  return gains;
}

function positionOfLabels(labels: readonly string[]): DirectSpeakerPosition | undefined {
  const nominal = labels.map(nominalPosition).find((position) => position !== undefined);
  return (
    nominal && {
      kind: 'polar',
      azimuth: { value: nominal.azimuthDeg },
      elevation: { value: nominal.elevationDeg },
      distance: { value: 1 },
    }
  );
}

function lockToScreen(
  position: DirectSpeakerPosition,
  lock: (position: Vec3, lock: ScreenEdgeLock | undefined, isCartesian: boolean) => Vec3,
): DirectSpeakerPosition {
  const { screenEdgeLock } = position;
  if (!screenEdgeLock) return position;
  if (position.kind === 'cartesian') {
    const moved = lock(vectorOf(position), screenEdgeLock, true);
    const [x, y, z] = position.xyz;
    return {
      ...position,
      xyz: [
        { ...x, value: moved[0] },
        { ...y, value: moved[1] },
        { ...z, value: moved[2] },
      ],
    };
  }
  const edges = lockAngles(position, screenEdgeLock, lock);
  return {
    ...position,
    azimuth: { ...position.azimuth, value: edges.azimuthDeg },
    elevation: { ...position.elevation, value: edges.elevationDeg },
  };
}

/** Angles of a polar position on the screen's edges; each edge alone, so that the other angle stays as it is. */
function lockAngles(
  position: DirectSpeakerPosition & { readonly kind: 'polar' },
  screenEdgeLock: ScreenEdgeLock,
  lock: (position: Vec3, lock: ScreenEdgeLock | undefined, isCartesian: boolean) => Vec3,
): { readonly azimuthDeg: number; readonly elevationDeg: number } {
  const front: Vec3 = [0, 1, 0];
  const [x, y] = lock(front, { horizontal: screenEdgeLock.horizontal }, false);
  const [, forward, up] = lock(front, { vertical: screenEdgeLock.vertical }, false);
  const toDeg = 180 / Math.PI;
  return {
    azimuthDeg: screenEdgeLock.horizontal ? Math.atan2(-x, y) * toDeg : position.azimuth.value,
    elevationDeg: screenEdgeLock.vertical ? Math.atan2(up, forward) * toDeg : position.elevation.value,
  };
}

type Finder = (position: DirectSpeakerPosition, isLfe: boolean) => number | undefined;

/** Finds the loudspeaker within the bounds of a position that is nearest to it, unless two are as near. */
function createBoundsFinder({ loudspeakers, ...layout }: Layout): Finder {
  const polar = loudspeakers.map(({ nominalAzimuthDeg, nominalElevationDeg }) =>
    polarToCartesian(nominalAzimuthDeg, nominalElevationDeg),
  );
  const cube = cubePositions({ loudspeakers, ...layout });
  const isWithin = (position: DirectSpeakerPosition, index: number): boolean => {
    if (position.kind === 'cartesian') {
      return position.xyz.every((bound, axis) => isInRange(cube[index]![axis]!, bound));
    }
    const { nominalAzimuthDeg, nominalElevationDeg } = loudspeakers[index]!;
    const { azimuth, elevation } = position;
    const isAtPole = Math.abs(nominalElevationDeg) >= 90 - tolerance;
    return (
      (isAtPole ||
        isInsideAngleRange(
          nominalAzimuthDeg,
          azimuth.min ?? azimuth.value,
          azimuth.max ?? azimuth.value,
          tolerance,
        )) &&
      isInRange(nominalElevationDeg, elevation) &&
      isInRange(1, position.distance)
    );
  };
  return (position, isLfe) => {
    const candidates = loudspeakers.flatMap((loudspeaker, index) =>
      loudspeaker.isLfe === isLfe && isWithin(position, index) ? [index] : [],
    );
    const places = position.kind === 'cartesian' ? cube : polar;
    const distances = candidates.map((index) => distance(places[index]!, vectorOf(position)));
    const nearest = Math.min(...distances);
    const tied = candidates.filter((_, index) => distances[index]! - nearest < tolerance);
    return tied.length === 1 ? tied[0] : undefined;
  };
}

const isInRange = (value: number, { value: centre, min, max }: Bounded): boolean =>
  value > (min ?? centre) - tolerance && value < (max ?? centre) + tolerance;

function createPositionPanner(layout: Layout): (position: DirectSpeakerPosition) => Float64Array {
  const { loudspeakers } = layout;
  const channels = loudspeakers.flatMap(({ isLfe }, index) => (isLfe ? [] : [index]));
  const pointSource = createPointSourcePanner(layout);
  const cube = cubePositions(layout);
  const neighbours = findNeighbours(channels.map((channel) => cube[channel]!));
  return (position) => {
    const gains = new Float64Array(loudspeakers.length);
    if (position.kind === 'polar') pointSource.pan(vectorOf(position), gains);
    else panInCube(neighbours, vectorOf(position)).forEach((gain, i) => (gains[channels[i]!] = gain));
    return gains;
  };
}

function vectorOf(position: DirectSpeakerPosition): Vec3 {
  if (position.kind === 'polar') {
    return polarToCartesian(position.azimuth.value, position.elevation.value, position.distance.value);
  }
  const [x, y, z] = position.xyz;
  return [x.value, y.value, z.value];
}
