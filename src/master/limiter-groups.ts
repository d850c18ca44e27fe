import type { Layout, Loudspeaker } from '../layouts/layout.ts';

/** Where the loudspeakers of a group stand; 'all' where everything is in one group. */
export type LimiterGroupName = 'front' | 'surround' | 'height' | 'lfe' | 'all';

/** Channels that share one gain. */
export interface LimiterGroup {
  readonly name: LimiterGroupName;
  /** Indices of channels. */
  readonly channels: readonly number[];
}

/** How much of its reduction in dB a group makes another take over. */
export interface LimiterLinkSettings {
  /** Among front, surround and height; 0 to 100. */
  readonly linkPercent: number;
  /** Between the LFE and every other group, both ways; 0 to 100. */
  readonly lfeLinkPercent: number;
}

/**
 * Links where none are given. Half-way among the groups around the listener: a peak in the height ducks the
 * dialogue in front by half of what full linking would, and moves a phantom image between both by half of what
 * no linking would. An LFE hit ducks nothing, and nothing ducks the LFE.
 */
export const limiterLinkDefaults: LimiterLinkSettings = Object.freeze({ linkPercent: 50, lfeLinkPercent: 0 });

/** Elevation from which a loudspeaker is out of the ear's layer: between its 15 and the others' 30 in BS.2051-3. */
const leastHeightDeg = 20;
/** Widest azimuth of the front: the wide pair at 60 degrees belongs to it. */
const widestFrontDeg = 60;

/**
 * Groups of a layout, by where the standard puts the loudspeakers: the LFEs; height, which is every layer above or
 * below the ear (20 degrees of elevation and more); front, within 60 degrees of azimuth; and surround, the rest.
 * Channels without a layout (ambisonics, whose channels make sense only together), and layouts with loudspeakers
 * in one group only (stereo, binaural), are one group.
 */
export function limiterGroups(layout: Layout | undefined, channelCount: number): LimiterGroup[] {
  const channels = Array.from({ length: channelCount }, (_, channel) => channel);
  const nameOf = (channel: number): LimiterGroupName =>
    layout ? positionGroup(layout.loudspeakers[channel]) : 'all';
  const groups = [...new Set(channels.map(nameOf))].map((name) => ({
    name,
    channels: channels.filter((channel) => nameOf(channel) === name),
  }));
  return groups.length === 1 ? [{ ...groups[0], name: 'all' }] : groups;
}

function positionGroup({ isLfe, nominalAzimuthDeg, nominalElevationDeg }: Loudspeaker): LimiterGroupName {
  if (isLfe) return 'lfe';
  if (Math.abs(nominalElevationDeg) >= leastHeightDeg) return 'height';
  return Math.abs(nominalAzimuthDeg) <= widestFrontDeg ? 'front' : 'surround';
}

/** Links as `LimiterGainOptions` takes them: flat [taking][giving group]. */
export function limiterLinks(
  groups: readonly LimiterGroup[],
  { linkPercent, lfeLinkPercent }: LimiterLinkSettings = limiterLinkDefaults,
): Float64Array {
  const linkOf = (taking: LimiterGroup, giving: LimiterGroup): number => {
    if (taking === giving) return 1;
    return (taking.name === 'lfe' || giving.name === 'lfe' ? lfeLinkPercent : linkPercent) / 100;
  };
  return Float64Array.from(groups.flatMap((taking) => groups.map((giving) => linkOf(taking, giving))));
}
