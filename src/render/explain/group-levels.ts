import { powerToDb } from '../../base/units.ts';
import { sceneTracks, type Scene } from '../../scene/scene.ts';
import { bedDirections, type BedDirection } from '../../scene/bed-directions.ts';
import type { TrackExplanation } from './explanation.ts';

/** Groups of tracks: bed channels by where they stand, and the other elements by kind. */
export const trackGroups = [
  'front',
  'side',
  'rear',
  'height',
  'below',
  'LFE',
  'objects',
  'ambisonics',
] as const;

/** What becomes of the power of a group of tracks. */
export interface GroupLevel {
  readonly group: (typeof trackGroups)[number] | 'all';
  readonly trackCount: number;
  /**
   * Power in all outputs against that of the tracks, which count as equally loud and independent of each other; of
   * moving objects with the least and the most of all their blocks. -Infinity for nothing.
   */
  readonly leastLevelDb: number;
  readonly mostLevelDb: number;
}

/**
 * Sums up an explanation by groups, and over all tracks but LFEs, which have no part in the loudness of a programme.
 * Groups without tracks are left out.
 * @param tracks [track], in the order of `sceneTracks`
 */
export function groupLevels(scene: Scene, tracks: readonly TrackExplanation[]): GroupLevel[] {
  const groups = groupsOf(scene);
  const levels = trackGroups.flatMap((group) => {
    const members = tracks.filter((_, track) => groups[track] === group);
    return members.length === 0 ? [] : [levelOf(group, members)];
  });
  const all = tracks.filter((_, track) => groups[track] !== 'LFE');
  return all.length === 0 ? levels : [...levels, levelOf('all', all)];
}

function levelOf(group: GroupLevel['group'], members: readonly TrackExplanation[]): GroupLevel {
  const meanDb = (levelDb: (track: TrackExplanation) => number): number =>
    powerToDb(members.reduce((sum, track) => sum + 10 ** (levelDb(track) / 10), 0) / members.length);
  return {
    group,
    trackCount: members.length,
    leastLevelDb: meanDb(({ leastLevelDb }) => leastLevelDb),
    mostLevelDb: meanDb(({ mostLevelDb }) => mostLevelDb),
  };
}

/** [track] */
function groupsOf(scene: Scene): (typeof trackGroups)[number][] {
  const bedGroups = scene.elements.map((element) =>
    element.kind === 'bed' ? bedDirections(element).map(groupOfDirection) : [],
  );
  return sceneTracks(scene).map(({ elementIndex, channelIndex }) => {
    const { kind } = scene.elements[elementIndex]!;
    if (kind === 'bed') return bedGroups[elementIndex]![channelIndex]!;
    return kind === 'object' ? 'objects' : 'ambisonics';
  });
}

/** Wides (60 degrees) are front; the surrounds of 5.1 (110 degrees) are side, as those of 7.1 (90 degrees). */
function groupOfDirection(direction: BedDirection | undefined): (typeof trackGroups)[number] {
  if (!direction) return 'LFE';
  const { azimuthDeg, elevationDeg } = direction;
  if (Math.abs(elevationDeg) > 15) return elevationDeg > 0 ? 'height' : 'below';
  const turnDeg = Math.abs(azimuthDeg);
  return turnDeg <= 75 ? 'front' : turnDeg <= 120 ? 'side' : 'rear';
}
