import type { Screen } from './screen.ts';

/** One loudspeaker of a layout. */
export interface Loudspeaker {
  /** BS.2051 label: "M+030", "U-110", "LFE1"; free text in custom layouts. */
  readonly label: string;
  /** Where it stands; ADM polar, distance 1. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  /** Where the standard puts it; equal to the real position unless a layout says otherwise. */
  readonly nominalAzimuthDeg: number;
  readonly nominalElevationDeg: number;
  /** Range [from, to] that the standard allows, from counted anticlockwise to to. */
  readonly azimuthRangeDeg: readonly [number, number];
  readonly elevationRangeDeg: readonly [number, number];
  readonly isLfe: boolean;
}

/** A set of loudspeakers in channel order; immutable. */
export interface Layout {
  /** BS.2051 name ("4+7+0") where there is one. */
  readonly name: string;
  /** Other names: "7.1.4". */
  readonly aliases: readonly string[];
  readonly description: string;
  /** Where the positions come from. */
  readonly source: string;
  /** Name of the layout that it is folded from where it cannot surround the listener itself (mono, 3.1.2). */
  readonly foldFrom?: string | undefined;
  /** Screen of the room; the default screen where undefined, none where null. */
  readonly screen?: Screen | null | undefined;
  readonly loudspeakers: readonly Loudspeaker[];
}

/** Number of channels, LFEs included. */
export const channelCountOf = (layout: Layout): number => layout.loudspeakers.length;

/** Whether a layout is the stereo pair of BS.2051 system A, which has a panning rule of its own. */
export const isStereo = (layout: Layout): boolean => layout.name === '0+2+0';
