import type { Vec3 } from '../../../base/coordinates.ts';
import { dbToGain } from '../../../base/units.ts';
import { trackCountOf, type AudioObject, type Scene, type SceneElement } from '../../../scene/scene.ts';
import { bedDirections } from '../bed-directions.ts';
import { pointPlacement } from '../ear-filters.ts';
import { turnTrack, type HeadOrientation } from '../head-orientation.ts';
import { createObjectTrack, createRestingTrack, type ObjectTrack } from '../object-track.ts';
import type { RoomMode } from './room-modes.ts';

/** Something that sounds in the room. */
export interface RoomSource {
  readonly mode: RoomMode;
  readonly trackIndex: number;
  /** Linear, on top of the track's own gains. */
  readonly gain: number;
  /** Gains and places over time; undefined where the source sounds all the time as it is. */
  readonly track: ObjectTrack | undefined;
  /** Where it rests; undefined where it moves. */
  readonly direction: Vec3 | undefined;
}

/** The mode of an element, if it is heard in the room. */
export const roomModeOf = ({ binauralMode }: SceneElement): RoomMode | undefined =>
  binauralMode === 'off' ? undefined : binauralMode;

/** Objects and bed channels of a scene with a mode that asks for a room; LFEs and ambisonic beds stay dry. */
export function roomSources(
  scene: Scene,
  sampleRateHz: number,
  head: HeadOrientation | undefined,
): RoomSource[] {
  let firstTrack = 0;
  return scene.elements.flatMap((element): RoomSource[] => {
    const trackIndex = firstTrack;
    firstTrack += trackCountOf(element);
    const mode = roomModeOf(element);
    if (element.mute || !mode || element.kind === 'ambisonic') return [];
    const gain = dbToGain(element.gainDb);
    const sourceOf = (index: number, more: number, track: ObjectTrack, isConstant: boolean): RoomSource => {
      const seen = head ? turnTrack(track, head) : track;
      return {
        mode,
        trackIndex: index,
        gain: gain * more,
        track: isConstant && seen.isStatic ? undefined : seen,
        direction: seen.isStatic ? seen.placementAt(0).direction : undefined,
      };
    };
    if (element.kind === 'object') {
      const isConstant = lastsFromStartToEnd(element);
      const blockGain = isConstant ? dbToGain(element.blocks[0]!.gainDb) : 1;
      // Gains of the block are in the track, unless there is none.
      const source = sourceOf(trackIndex, 1, createObjectTrack(element, sampleRateHz, 1), isConstant);
      return [source.track ? source : { ...source, gain: source.gain * blockGain }];
    }
    return bedDirections(element).flatMap((direction, channel): RoomSource[] => {
      if (!direction) return [];
      const track = createRestingTrack(pointPlacement(direction.azimuthDeg, direction.elevationDeg));
      return [sourceOf(trackIndex + channel, dbToGain(element.channels[channel]!.gainDb), track, true)];
    });
  });
}

/** Whether an object is one block, from the start of the scene to its end. */
function lastsFromStartToEnd({ startSec, blocks }: AudioObject): boolean {
  const [block] = blocks;
  const starts = [startSec, block!.startSec].every(({ numerator }) => numerator === 0n);
  return starts && blocks.length === 1 && block!.durationSec === undefined;
}
