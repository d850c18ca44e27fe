import type { SceneElement } from '../../../scene/scene.ts';
import type { EarFilters } from '../ear-filters.ts';
import type { HopSource } from '../fixed-input.ts';
import type { ObjectTrack } from '../object-track.ts';
import type { RoomMode } from './room-modes.ts';

/** Something that sounds in the room. */
export interface RoomSource {
  readonly audio: HopSource;
  readonly mode: RoomMode;
  /** Linear, on top of its audio. */
  readonly gain: number;
  /** Where it is in the room over time. */
  readonly track: ObjectTrack;
  /** Filters of its direct sound; undefined where that is heard by another way. */
  readonly direct: EarFilters | undefined;
}

/** The mode of an element, if it is heard in the room. Ambisonic beds stay dry: they bring their own. */
export const roomModeOf = ({ kind, mute, binauralMode }: SceneElement): RoomMode | undefined =>
  mute || kind === 'ambisonic' || binauralMode === 'off' ? undefined : binauralMode;

/** Whether a source moves through the room. */
export const movesThroughRoom = ({ track }: RoomSource): boolean => !track.isStatic;
