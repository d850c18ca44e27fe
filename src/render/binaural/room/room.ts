import { cartesianToPolar, type Vec3 } from '../../../base/coordinates.ts';
import type { HrtfInterpolator } from '../../../hrtf/hrtf-interpolator.ts';
import type { Kernels } from '../../../kernels/kernels.ts';
import { earGain, pointPlacement, type EarFilters } from '../ear-filters.ts';
import { turnTrack, type HeadOrientation } from '../head-orientation.ts';
import { createRestingTrack, type TrackedSource, type Tracks } from '../object-track.ts';
import { imageSources } from './image-sources.ts';
import { designDiffuseEars, designLateReverb, lateResponse } from './late-reverb.ts';
import { createRoomBank, type RoomInput } from './room-bank.ts';
import { createRoomFeed } from './room-feed.ts';
import type { RoomMode } from './room-modes.ts';
import { addFilters, designLateGain, designReflections } from './room-response.ts';
import type { RoomSource } from './room-sources.ts';
import { sectors } from './sectors.ts';
import { createWallFeed, type WallFeed, type WallFeeder } from './wall-feed.ts';

/** The room around the ears, and the direct sound of what rests in it. */
export interface Room {
  readonly latencySamples: number;
  /** For the bank of moving sources, where the head turns; they have their hops once the room has had its own. */
  readonly moving: readonly TrackedSource[];
  /** Tracks of these, which follow those of the scene. */
  readonly movingTracks: Tracks;
  /** Writes the next hop of both ears. */
  writeHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** What the room needs to know. */
export interface RoomOptions {
  readonly kernels: Kernels;
  readonly interpolator: HrtfInterpolator;
  /** The same set for a head that faces the front of the room; `interpolator` itself where that one does. */
  readonly facingFront: HrtfInterpolator;
  /** Delay of the onset of a source in front, without that of the bank. */
  readonly baseDelaySamples: number;
  readonly hopFrames: number;
  readonly head: HeadOrientation | undefined;
  /** Number of tracks of the scene. */
  readonly trackCount: number;
}

/**
 * Makes the room of some sources. Those that rest have their early reflections in the filters of their direct sound.
 * Those that move feed six directions of their mode, whose reflections have filters of their own. All feed one
 * feedback delay network. For a head that turns, early reflections are moving sources, one for each wall: the room
 * stands still.
 */
export function createRoom(options: RoomOptions, sources: readonly RoomSource[]): Room {
  const { kernels, interpolator, hopFrames, head } = options;
  const { sampleRateHz } = interpolator.hrtf;
  const network = kernels.createFeedbackDelay(designLateReverb(sampleRateHz, hopFrames));
  const lateFilters = designDiffuseEars(interpolator.hrtf);
  const design = createDesigner(options, lateResponse(network, lateFilters, sampleRateHz));
  const loose = sources.filter(({ direct }) => !direct);
  const feed = createRoomFeed(kernels, loose, loose.map(design.lateGainOf), hopFrames);
  const modes = [...new Set(loose.map(({ mode }) => mode))].sort();
  const wallFeed =
    head && createWallFeed(kernels, wallFeeders(loose, modes, feed.sectorHops), sampleRateHz, hopFrames);
  const inputs = [
    ...sources.flatMap((source) => (source.direct ? [design.restingInput(source, source.direct)] : [])),
    ...(head ? [] : modes.flatMap((mode) => design.sectorInputs(mode, feed.sectorHops(mode)))),
  ];
  const bank = createRoomBank({ kernels, inputs, network, lateHop: feed.lateHop, lateFilters });
  return {
    latencySamples: bank.latencySamples,
    moving: wallFeed ? wallSources(wallFeed, head, options.trackCount) : [],
    movingTracks: wallFeed?.hops ?? [],
    writeHop(startSample, left, right) {
      for (const { audio } of sources) audio.nextHop(startSample);
      feed.fill(startSample);
      wallFeed?.fill();
      bank.writeHop(left, right);
    },
    reset() {
      for (const { audio } of sources) audio.reset();
      wallFeed?.reset();
      bank.reset();
    },
  };
}

/** Designs the inputs of the bank, and what feeds the network. */
interface Designer {
  /** A source that rests, with its direct sound and its own reflections. */
  restingInput(source: RoomSource, direct: EarFilters): RoomInput;
  /** Reflections of the sectors of a mode. @param hops of the sectors, or none */
  sectorInputs(mode: RoomMode, hops: readonly Float32Array[]): RoomInput[];
  /** Gain of a source into the network. */
  lateGainOf(source: RoomSource): number;
}

function createDesigner(
  { interpolator, facingFront, baseDelaySamples }: RoomOptions,
  late: EarFilters,
): Designer {
  const lateGain = designLateGain(facingFront, late);
  const reflect = (direction: Vec3, mode: RoomMode): EarFilters =>
    designReflections(interpolator, direction, mode, baseDelaySamples);
  /** The network belongs to the room: what feeds it does not depend on how the head is turned. */
  const lateGainFrom = (direction: Vec3, mode: RoomMode): number =>
    lateGain(mode, designReflections(facingFront, direction, mode, baseDelaySamples));
  const meanGains = new Map<RoomMode, number>();
  const meanGainOf = (mode: RoomMode): number => {
    let known = meanGains.get(mode);
    if (known === undefined) {
      known = sectors.reduce((sum, sector) => sum + lateGainFrom(sector, mode), 0) / sectors.length;
      meanGains.set(mode, known);
    }
    return known;
  };
  const lateGainOf = ({ mode, gain, track }: RoomSource): number =>
    gain * (track.isStatic ? lateGainFrom(track.placementAt(0).direction, mode) : meanGainOf(mode));
  return {
    restingInput(source, direct) {
      const reflections = reflect(source.track.placementAt(0).direction, source.mode);
      return {
        filters: addFilters(direct, reflections, source.gain),
        audio: source.audio,
        lateGain: lateGainOf(source),
      };
    },
    sectorInputs: (mode, hops) =>
      hops.map((hop, sector) => ({ filters: reflect(sectors[sector]!, mode), audio: { hop }, lateGain: 0 })),
    lateGainOf,
  };
}

/** What has images in the walls for a head that turns: sources that rest, and sectors. */
function wallFeeders(
  sources: readonly RoomSource[],
  modes: readonly RoomMode[],
  sectorHops: (mode: RoomMode) => readonly Float32Array[],
): WallFeeder[] {
  return [
    ...sources.flatMap(({ track, audio, gain, mode }) =>
      track.isStatic ? [{ audio, gain, images: imageSources(track.placementAt(0).direction, mode) }] : [],
    ),
    ...modes.flatMap((mode) =>
      sectorHops(mode).map((hop, sector) => ({
        audio: { hop },
        gain: 1,
        images: imageSources(sectors[sector]!, mode),
      })),
    ),
  ];
}

/** What comes from the walls, as a head hears it that turns. */
function wallSources({ directions }: WallFeed, head: HeadOrientation, firstTrack: number): TrackedSource[] {
  return directions.map((direction, wall) => {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
    const track = turnTrack(createRestingTrack(pointPlacement(azimuthDeg, elevationDeg)), head);
    return { track, trackIndex: firstTrack + wall, gain: earGain };
  });
}
