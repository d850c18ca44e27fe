import { createAudioBlock } from '../../../base/audio-block.ts';
import type { HrtfInterpolator } from '../../../hrtf/hrtf-interpolator.ts';
import type { Kernels } from '../../../kernels/kernels.ts';
import type { Scene } from '../../../scene/scene.ts';
import { createHopProcessor, type HopEngine } from '../../hop-processor.ts';
import type { EarFilters } from '../ear-filters.ts';
import type { HeadOrientation } from '../head-orientation.ts';
import { designDiffuseEars, designLateReverb } from './late-reverb.ts';
import { reverberation } from './room-modes.ts';
import { designReflections, lateGain, nearestSector, sectorGain, sectors } from './room-response.ts';
import { roomSources, type RoomSource } from './room-sources.ts';

/** The room around the ears. */
export interface RoomPath {
  /** By how much it delays what it is added to. */
  readonly latencySamples: number;
  /** Delays the hops of both ears, and adds what the room makes of the tracks. */
  processHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** What the room needs to know. */
export interface RoomPathOptions {
  readonly scene: Scene;
  readonly kernels: Kernels;
  readonly interpolator: HrtfInterpolator;
  readonly sampleRateHz: number;
  /** Delay of the onset of a source in front. */
  readonly baseDelaySamples: number;
  /** Current hop of every track. */
  readonly tracks: readonly Float32Array[];
  readonly hopFrames: number;
  readonly head: HeadOrientation | undefined;
}

/** Frames that the room works on at once: long hops are cheap, and what is played later costs nothing. */
const roomHopFrames = 8192;

/**
 * Makes the room of a scene; undefined where no element asks for it. Sources feed six directions of their mode, whose
 * early reflections are convolved each, and one feedback delay network for all.
 */
export function createRoomPath(options: RoomPathOptions): RoomPath | undefined {
  const { kernels, hopFrames, tracks } = options;
  const sources = roomSources(options.scene, options.sampleRateHz, options.head);
  if (sources.length === 0) return undefined;
  const { engine, busCount, feeds } = designRoom(options, sources);
  const processor = createHopProcessor({
    inputChannelCount: busCount,
    outputChannelCount: 2,
    hopFrames: roomHopFrames,
    engineDelaySamples: 0,
    engine,
  });
  const mixer = kernels.createMix(sources.length, busCount, hopFrames);
  const hops = sources.map(({ track, trackIndex }) =>
    track ? new Float32Array(hopFrames) : tracks[trackIndex]!,
  );
  const buses = createAudioBlock(busCount, hopFrames);
  const ears = createAudioBlock(2, hopFrames);
  const dry = [new Float32Array(roomHopFrames), new Float32Array(roomHopFrames)] as const;
  let place = 0;

  /** Gives back what an ear held a room hop ago, with the room added. */
  function exchange(line: Float32Array, room: Float32Array, ear: Float32Array): void {
    for (let n = 0, at = place; n < hopFrames; n++) {
      const before = line[at]!;
      line[at] = ear[n]!;
      ear[n] = before + room[n]!;
      if (++at === roomHopFrames) at = 0;
    }
  }

  return {
    latencySamples: roomHopFrames,
    processHop(startSample, left, right) {
      mixer.clear(hopFrames);
      for (let i = 0; i < sources.length; i++) {
        const { track, trackIndex } = sources[i]!;
        track?.applyGains(startSample, hopFrames, tracks[trackIndex]!, hops[i]!);
        const ramp = feeds[i]!(startSample, hopFrames);
        if (ramp) mixer.setRamp(i, ramp.starts, ramp.ends, ramp.lengthSamples, 0);
        mixer.load(hops[i]!, 0, hopFrames, 0);
        mixer.mix(i, 0, 0, hopFrames);
      }
      mixer.store(buses.channels, 0, hopFrames);
      processor.process(buses, ears);
      exchange(dry[0], ears.channels[0]!, left);
      exchange(dry[1], ears.channels[1]!, right);
      place = (place + hopFrames) % roomHopFrames;
    },
    reset() {
      for (const { track } of sources) track?.reset();
      for (const line of dry) line.fill(0);
      place = 0;
      processor.reset();
    },
  };
}

/** Gains of a source over the coming hop [bus]. */
interface Ramp {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lengthSamples: number;
}

/** Gives the gains of the coming hop; undefined where they are as before. */
type Feed = (startSample: number, frameCount: number) => Ramp | undefined;

/** The convolver and the network, and how sources feed them: a bus of each sector of each mode. */
function designRoom(
  options: RoomPathOptions,
  sources: readonly RoomSource[],
): { engine: HopEngine; busCount: number; feeds: Feed[] } {
  const { interpolator, baseDelaySamples } = options;
  const modes = [...new Set(sources.map(({ mode }) => mode))].sort();
  const reflections = modes.flatMap((mode) =>
    sectors.map((_, sector) => designReflections(interpolator, sector, mode, baseDelaySamples)),
  );
  const busCount = reflections.length;
  const { engine, response, setLateGains } = createRoomEngine(options, reflections);
  const late = response();
  setLateGains(
    reflections.map((filters, bus) =>
      lateGain(interpolator, modes[Math.floor(bus / sectors.length)]!, filters, late),
    ),
  );
  const feeds = sources.map((source) =>
    createFeed(source, modes.indexOf(source.mode) * sectors.length, busCount),
  );
  return { engine, busCount, feeds };
}

/** What the buses go through. */
interface RoomEngine {
  readonly engine: HopEngine;
  /** What both ears hear of an impulse into the network, until it has fallen far below what counts. */
  response(): EarFilters;
  /** How much of each bus goes into the network. */
  setLateGains(gains: readonly number[]): void;
}

function createRoomEngine(
  { kernels, interpolator, sampleRateHz }: RoomPathOptions,
  reflections: readonly EarFilters[],
): RoomEngine {
  const busCount = reflections.length;
  const filters = [...reflections, ...designDiffuseEars(interpolator.hrtf)];
  const convolver = kernels.createStereoConvolver({
    inputCount: filters.length,
    tapCount: Math.max(...filters.map(({ left, right }) => Math.max(left.length, right.length))),
    hopFrames: roomHopFrames,
  });
  filters.forEach(({ left, right }, input) => convolver.setFilters(input, left, right));
  const network = kernels.createFeedbackDelay(designLateReverb(sampleRateHz, roomHopFrames));
  const lateMixer = kernels.createMix(busCount, 1, roomHopFrames);
  const late = new Float32Array(roomHopFrames);
  /** The buses, then the two sums of the network. */
  const inputs = filters.map(() => new Float32Array(roomHopFrames));

  /** Brings the hop of the network and of the buses to the ears. */
  function addHop(left: Float32Array, right: Float32Array): void {
    network.processHop(late, inputs[busCount]!, inputs[busCount + 1]!);
    convolver.processHop(inputs, left, right);
  }
  function reset(): void {
    network.reset();
    convolver.reset();
  }

  return {
    engine: {
      processHop(buses, ears) {
        lateMixer.clear(roomHopFrames);
        for (let bus = 0; bus < busCount; bus++) {
          inputs[bus]!.set(buses[bus]!);
          lateMixer.load(buses[bus]!, 0, roomHopFrames, 0);
          lateMixer.mix(bus, 0, 0, roomHopFrames);
        }
        lateMixer.store([late], 0, roomHopFrames);
        addHop(ears[0]!, ears[1]!);
      },
      reset,
    },
    setLateGains: (gains) =>
      gains.forEach((gain, bus) => {
        const still = Float64Array.of(gain);
        lateMixer.setRamp(bus, still, still, Infinity, 0);
      }),
    response() {
      const hopCount = Math.ceil((2 * reverberation.lowSec * sampleRateHz) / roomHopFrames);
      const left = new Float32Array(hopCount * roomHopFrames);
      const right = new Float32Array(left.length);
      for (let from = 0; from < left.length; from += roomHopFrames) {
        late[0] = from === 0 ? 1 : 0;
        addHop(left.subarray(from, from + roomHopFrames), right.subarray(from, from + roomHopFrames));
      }
      reset();
      return { left, right };
    },
  };
}

/** Gains of a source into the buses of its mode: one that rests feeds the nearest sector, one that moves those around it. */
function createFeed({ track, gain, direction }: RoomSource, firstBus: number, busCount: number): Feed {
  const starts = new Float64Array(busCount);
  const ends = new Float64Array(busCount);
  if (direction) {
    starts[firstBus + nearestSector(direction)] = gain;
    let still: Ramp | undefined = { starts, ends: starts, lengthSamples: Infinity };
    return () => {
      const first = still;
      still = undefined;
      return first;
    };
  }
  const gainsAt = (sample: number, gains: Float64Array): void => {
    const { direction: now } = track!.placementAt(sample);
    for (let sector = 0; sector < sectors.length; sector++)
      gains[firstBus + sector] = gain * sectorGain(now, sector);
  };
  let end = NaN;
  return (startSample, frameCount) => {
    // A hop begins with the gains that the last one ended with.
    if (startSample === end) starts.set(ends);
    else gainsAt(startSample, starts);
    end = startSample + frameCount;
    gainsAt(end, ends);
    return { starts, ends, lengthSamples: frameCount };
  };
}
