import type { EffectContext } from './effect.ts';
import { memberRoundFrames } from './process-members.ts';

/** Members that are heard together and have one gain: a bed channel, an object, or all channels of an ambisonic element. */
export interface DetectorUnit {
  /** Of its element, and of the bed channel. */
  readonly name: string;
  /** Indices of `group.tracks`. */
  readonly members: readonly number[];
  /** Whether it goes by itself whatever the link: an LFE channel. */
  readonly isApart: boolean;
}

/**
 * The units of a group. The power of an ambisonic unit is that of W, which is the sum of its sounds whatever their
 * directions; one gain for all of its channels leaves their directions where they are.
 */
export function detectorUnits(
  { group, scene, tracks }: Pick<EffectContext, 'group' | 'scene' | 'tracks'>,
  linkLfe: boolean,
): DetectorUnit[] {
  const units = new Map<string, DetectorUnit & { members: number[] }>();
  for (const [member, track] of group.tracks.entries()) {
    const { elementIndex, channelIndex } = tracks[track]!;
    const element = scene.elements[elementIndex]!;
    const channel = element.kind === 'bed' ? element.channels[channelIndex]! : undefined;
    const key = channel ? `${elementIndex}.${channelIndex}` : `${elementIndex}`;
    const known = units.get(key);
    if (known) known.members.push(member);
    else
      units.set(key, {
        name: channel ? `${element.name} ${channel.label}` : element.name,
        members: [member],
        isApart: !linkLfe && channel?.isLfe === true,
      });
  }
  return [...units.values()];
}

/** Weights of units over time. */
export interface UnitWeights {
  /** Of units that keep theirs [unit]. */
  readonly constants: readonly (number | undefined)[];
  /** Of the frames of the last `fill` [unit][frame]; empty where constant. */
  readonly rows: readonly Float32Array[];
  /** Goes on to the next frames. */
  fill(frameCount: number): void;
  reset(): void;
}

/** Weights from the first sample of an effect on. */
export function createUnitWeights(
  { group, startSample }: Pick<EffectContext, 'group' | 'startSample'>,
  units: readonly DetectorUnit[],
): UnitWeights {
  const first = units.map(({ members }) => members[0]!);
  const constants = first.map((member) => group.constantWeights[member]);
  const rows = constants.map((weight) => new Float32Array(weight === undefined ? memberRoundFrames : 0));
  let position = startSample;
  return {
    constants,
    rows,
    fill(frameCount) {
      for (let unit = 0; unit < first.length; unit++)
        if (constants[unit] === undefined) group.fillWeights(first[unit]!, position, frameCount, rows[unit]!);
      position += frameCount;
    },
    reset() {
      position = startSample;
    },
  };
}
