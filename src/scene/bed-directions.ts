import { cubeToPolar } from '../base/cube-coordinates.ts';
import { SceneError } from '../base/errors.ts';
import { findLayout } from '../layouts/built-in.ts';
import { nominalPosition, normalizeBedLabels } from '../layouts/labels.ts';
import type { Bed } from './scene.ts';

/** Where a bed channel is heard. */
export interface BedDirection {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

/**
 * Directions of the channels of a bed, undefined for LFEs: the channel's own position, else that of its
 * loudspeaker in the bed's layout, else the nominal one of its label.
 * @throws SceneError "bed-label" for a label that says no position
 */
export function bedDirections(bed: Bed): readonly (BedDirection | undefined)[] {
  const layout = bed.layout === undefined ? undefined : findLayout(bed.layout);
  const labels = normalizeBedLabels(
    bed.channels.map(({ label }) => label),
    layout,
  );
  return bed.channels.map((channel, index) => {
    if (channel.isLfe) return undefined;
    if (channel.position)
      return 'xyz' in channel.position ? cubeToPolar(channel.position.xyz) : channel.position;
    const label = labels[index] ?? channel.label;
    const direction =
      layout?.loudspeakers.find((loudspeaker) => loudspeaker.label === label) ?? nominalPosition(label);
    if (direction) return direction;
    throw new SceneError('bed-label', `bed "${bed.id}": channel "${channel.label}" has no position`, {
      path: `${bed.id}.channels[${index}]`,
      hint: 'use a BS.2051 label, or give the channel a position',
    });
  });
}
