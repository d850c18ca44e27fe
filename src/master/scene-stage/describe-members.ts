import { sceneTracks, type Scene } from '../../scene/scene.ts';
import type { ResolvedGroup } from './resolve-group.ts';

/** Tracks of one element that belong to a group with the same weight. */
export interface MemberDescription {
  /** Name of the element. */
  readonly element: string;
  /** Labels of the bed channels that are meant; undefined where it is the whole element. */
  readonly channels: readonly string[] | undefined;
  /** Least and greatest weight over the whole scene. */
  readonly leastWeight: number;
  readonly greatestWeight: number;
}

/** Says in plain data which tracks belong to a group, and how much. */
export function describeMembers(scene: Scene, group: ResolvedGroup): MemberDescription[] {
  const tracks = sceneTracks(scene);
  const descriptions: MemberDescription[] = [];
  for (const [elementIndex, element] of scene.elements.entries()) {
    const own = [...group.tracks.keys()].filter(
      (member) => tracks[group.tracks[member]!]!.elementIndex === elementIndex,
    );
    const weights = [...new Set(own.map((member) => group.weightRanges[member]!.join()))];
    for (const weight of weights) {
      const same = own.filter((member) => group.weightRanges[member]!.join() === weight);
      const [leastWeight, greatestWeight] = group.weightRanges[same[0]!]!;
      const isPart = element.kind === 'bed' && same.length < element.channels.length;
      const channels = isPart
        ? same.map((member) => element.channels[tracks[group.tracks[member]!]!.channelIndex]!.label)
        : undefined;
      descriptions.push({ element: element.name, channels, leastWeight, greatestWeight });
    }
  }
  return descriptions;
}
