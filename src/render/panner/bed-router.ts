import { SceneError } from '../../base/errors.ts';
import { dbToGain } from '../../base/units.ts';
import { findLayout, getLayout } from '../../layouts/built-in.ts';
import { normalizeBedLabels } from '../../layouts/labels.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { Bed, BedChannel, Bounds, ChannelPosition, Scene } from '../../scene/scene.ts';
import {
  createSpeakerRouter,
  type Bounded,
  type DirectSpeaker,
  type DirectSpeakerPosition,
  type SpeakerRoute,
} from './direct-speakers.ts';
import { findMappingRule, undivided } from './mapping-rules.ts';

/**
 * Makes the router for beds: each channel by its label (read in the bed's own layout), with the mapping
 * rules where the output lacks its loudspeaker; by its position where it has one of its own. Channel gains are
 * in, the element's gain is not. See `createSpeakerRouter`.
 * @param meetsInFold whether fronts and surrounds meet in a fold-down behind the render
 * @returns [channel]
 * @throws SceneError "unknown-bed-channel" for a channel without a known label or a position
 */
export function createBedRouter(layout: Layout, meetsInFold = false): (bed: Bed) => readonly SpeakerRoute[] {
  const routeOf = createSpeakerRouter(layout, meetsInFold);
  return (bed) => {
    const { labels, bedLayout } = labelsOf(bed);
    return bed.channels.map((channel, index) => {
      const route = routeOf(toDirectSpeaker(channel, labels[index], bedLayout));
      if (!route) throw unknownChannel(bed, index);
      const gain = dbToGain(channel.gainDb);
      return { ...route, gains: route.gains.map((value) => value * gain) };
    });
  };
}

/** Whether any bed has channels that 5.1 divides between front and surround; a fold-down had better not. */
export function dividesBeds({ elements }: Scene): boolean {
  const layout = getLayout('0+5+0');
  const names = layout.loudspeakers.map(({ label }) => label);
  return elements.some((element) => {
    if (element.kind !== 'bed' || element.mute) return false;
    const { labels, bedLayout } = labelsOf(element);
    return element.channels.some(({ position }, index) => {
      const label = labels[index] ?? '';
      const rule = position ? undefined : findMappingRule(label, bedLayout?.name, layout, names);
      return rule !== undefined && undivided(label, rule) !== rule;
    });
  });
}

/** Labels of a bed's channels, read in its own layout. */
function labelsOf({ layout, channels }: Bed) {
  const bedLayout = layout === undefined ? undefined : findLayout(layout);
  const labels = normalizeBedLabels(
    channels.map((channel) => channel.label),
    bedLayout,
  );
  return { labels, bedLayout };
}

function toDirectSpeaker(
  channel: BedChannel,
  label: string | undefined,
  bedLayout: Layout | undefined,
): DirectSpeaker {
  const { position } = channel;
  return {
    labels: [label ?? channel.label],
    isLfe: channel.isLfe,
    position: position && toSpeakerPosition(position),
    mapFrom: position ? undefined : { layout: bedLayout?.name },
  };
}

function toSpeakerPosition(position: ChannelPosition): DirectSpeakerPosition {
  const { screenEdgeLock } = position;
  const bounded = (value: number, range: Bounds | undefined): Bounded => ({
    value,
    min: range?.[0],
    max: range?.[1],
  });
  if ('xyz' in position) {
    const { xyz, bounds } = position;
    return {
      kind: 'cartesian',
      xyz: [bounded(xyz[0], bounds?.x), bounded(xyz[1], bounds?.y), bounded(xyz[2], bounds?.z)],
      screenEdgeLock,
    };
  }
  const { azimuthDeg, elevationDeg, distance, bounds } = position;
  return {
    kind: 'polar',
    azimuth: bounded(azimuthDeg, bounds?.azimuthDeg),
    elevation: bounded(elevationDeg, bounds?.elevationDeg),
    distance: bounded(distance, bounds?.distance),
    screenEdgeLock,
  };
}

const unknownChannel = (bed: Bed, index: number): SceneError =>
  new SceneError(
    'unknown-bed-channel',
    `bed "${bed.id}": channel ${index} is labelled "${bed.channels[index]!.label}", which is no known loudspeaker, and has no position`,
    { path: `${bed.id}.channels[${index}].label` },
  );
