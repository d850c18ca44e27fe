import type { Kernels } from '../../../kernels/kernels.ts';
import type { RoomMode } from './room-modes.ts';
import { movesThroughRoom, type RoomSource } from './room-sources.ts';
import { createSectorFeed, sectors } from './sectors.ts';

/** Hops over which gains of sectors are linear: a source that circles once in 4 s turns by 10 degrees. */
const rampHops = 2;

/** The way into the room of sources whose direct sound is heard elsewhere. */
export interface RoomFeed {
  /** What they feed the network with: its current hop. */
  readonly lateHop: Float32Array;
  /** Current hops of the sectors of a mode; none where nothing moves in it. */
  sectorHops(mode: RoomMode): readonly Float32Array[];
  /** Brings the next hop there; that of the sources must be. */
  fill(startSample: number): void;
}

/**
 * Makes the way into the room: all sources feed the network, those that move the sectors of their mode too.
 * @param lateGains gain of each source into the network
 */
export function createRoomFeed(
  kernels: Kernels,
  sources: readonly RoomSource[],
  lateGains: readonly number[],
  hopFrames: number,
): RoomFeed {
  const modes = [...new Set(sources.filter(movesThroughRoom).map(({ mode }) => mode))].sort();
  const firstOutputOf = (mode: RoomMode): number => 1 + modes.indexOf(mode) * sectors.length;
  /** The network's, then those of the sectors of each mode. */
  const hops = Array.from({ length: 1 + modes.length * sectors.length }, () => new Float32Array(hopFrames));
  const mixer = kernels.createMix(Math.max(1, sources.length), hops.length, hopFrames);
  const sectorFeeds = sources.map((source, index) => {
    const gains = new Float64Array(hops.length);
    gains[0] = lateGains[index]!;
    if (movesThroughRoom(source))
      return createSectorFeed(
        source.track,
        source.gain,
        gains,
        firstOutputOf(source.mode),
        rampHops * hopFrames,
      );
    mixer.setRamp(index, gains, gains, Infinity, 0);
    return undefined;
  });
  return {
    lateHop: hops[0]!,
    sectorHops(mode) {
      const first = firstOutputOf(mode);
      return modes.includes(mode) ? hops.slice(first, first + sectors.length) : [];
    },
    fill(startSample) {
      mixer.clear(hopFrames);
      for (let i = 0; i < sources.length; i++) {
        const feed = sectorFeeds[i];
        const goneSamples = feed ? feed.moveTo(startSample) : 0;
        if (feed && goneSamples === 0) mixer.setRamp(i, feed.starts, feed.ends, rampHops * hopFrames, 0);
        mixer.load(sources[i]!.audio.hop, 0, hopFrames, 0);
        mixer.mix(i, goneSamples, 0, hopFrames);
      }
      mixer.store(hops, 0, hopFrames);
    },
  };
}
