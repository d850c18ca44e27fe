import type { WarningHandler } from '../../base/errors.ts';
import { bedDirections, type BedDirection } from '../../scene/bed-directions.ts';
import { resolveScene } from '../../scene/resolve-scene.ts';
import { trackCountOf, type Scene, type SceneElement } from '../../scene/scene.ts';
import { constantMembers, type GroupMembers } from './group-members.ts';
import { groupSubjects, weighTrack, type DirectionWeight, type TrackWeight } from './group-query.ts';
import type { Group } from './group-schema.ts';
import { createMovingWeight, weightRange, type MovingWeight } from './moving-weight.ts';

/** The members of a group, and how far their weights change. */
export interface ResolvedGroup extends GroupMembers {
  /** Least and greatest weight of each member over the whole scene, not of an excerpt. [member] */
  readonly weightRanges: readonly (readonly [least: number, greatest: number])[];
}

/** What a group is resolved in. */
export interface GroupContext {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly onWarning: WarningHandler;
  /** Place of the group in its recipe, for warnings: "scene[2].group". */
  readonly path?: string | undefined;
}

/** A track with its weight, which `moving` tells where it changes. */
interface Member {
  readonly track: number;
  readonly range: readonly [least: number, greatest: number];
  readonly moving: MovingWeight | undefined;
}

/**
 * Finds the members of a group. What an object's direction is at a time is told by its position alone: extent,
 * divergence and screens do not count. Ambisonic elements belong as a whole, or not at all.
 */
export function resolveGroup(group: Group, context: GroupContext): ResolvedGroup {
  const { elements } = resolveScene(context.scene);
  const members: Member[] = [];
  const undirected: SceneElement[] = [];
  let track = 0;
  for (const element of elements) {
    const directions = element.kind === 'bed' ? bedDirections(element) : [];
    const subjects = groupSubjects(element, trackCountOf(element));
    for (const [channel, subject] of subjects.entries()) {
      const weight = weighTrack(group, subject);
      if (weight === undefined && channel === 0 && element.kind === 'ambisonic') undirected.push(element);
      const member = memberOf(track++, element, weight, directions[channel], context.sampleRateHz);
      if (member.range[1] > 0) members.push(member);
    }
  }
  warn(members, undirected, elements, context);
  return groupOf(members);
}

function memberOf(
  track: number,
  element: SceneElement,
  weight: TrackWeight,
  direction: BedDirection | undefined,
  sampleRateHz: number,
): Member {
  const rest = (constant: number): Member => {
    const rounded = Math.fround(constant);
    return { track, range: [rounded, rounded], moving: undefined };
  };
  if (typeof weight !== 'function') return rest(weight ?? 0);
  if (element.kind === 'object') {
    const range = weightRange(element, sampleRateHz, weight).map(Math.fround) as [number, number];
    if (range[0] === range[1]) return rest(range[0]);
    return { track, range, moving: createMovingWeight(element, sampleRateHz, weight) };
  }
  return rest(directedWeight(weight, direction));
}

const directedWeight = (weigh: DirectionWeight, direction: BedDirection | undefined): number =>
  direction ? weigh(direction.azimuthDeg, direction.elevationDeg) : 0;

function groupOf(members: readonly Member[]): ResolvedGroup {
  const weightRanges = members.map(({ range }) => range);
  if (members.every(({ moving }) => !moving))
    return {
      ...constantMembers(new Map(members.map(({ track, range }) => [track, range[0]]))),
      weightRanges,
    };
  return {
    tracks: members.map(({ track }) => track),
    constantWeights: members.map(({ moving, range }) => (moving ? undefined : range[0])),
    weightRanges,
    fillWeights(member, startSample, frameCount, weights) {
      const { moving, range } = members[member]!;
      if (moving) moving.fill(startSample, frameCount, weights);
      else weights.fill(range[0], 0, frameCount);
    },
    reset() {
      for (const { moving } of members) moving?.reset();
    },
  };
}

function warn(
  members: readonly Member[],
  undirected: readonly SceneElement[],
  elements: readonly SceneElement[],
  { onWarning, path }: GroupContext,
): void {
  if (undirected.length > 0)
    onWarning({
      code: 'group-ambisonics',
      message: `${path ?? 'group'}: ambisonic elements have no direction of their own, so ${namesOf(undirected)} ${undirected.length === 1 ? 'is' : 'are'} left out`,
      path,
    });
  if (members.length === 0)
    onWarning({
      code: 'group-empty',
      message: `${path ?? 'group'}: no track of the scene belongs to it, so nothing is done; the elements are ${namesOf(elements)}`,
      path,
    });
}

/** Names as a message lists them; of very many only the first. */
function namesOf(elements: readonly SceneElement[]): string {
  const most = 30;
  const names = elements.slice(0, most).map(({ name }) => `"${name}"`);
  const rest = elements.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
