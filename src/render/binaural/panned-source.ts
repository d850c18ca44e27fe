import type { Vec3 } from '../../base/coordinates.ts';
import { getLayout } from '../../layouts/built-in.ts';
import { createPointSourcePanner } from '../panner/point-source.ts';
import type { TrackedSource, Tracks } from './object-track.ts';

/** Gains [left, right] of a direction in plain stereo, by BS.2127 for 0+2+0. */
export function createStereoPan(): (direction: Vec3) => Float64Array {
  const panner = createPointSourcePanner(getLayout('0+2+0'));
  const gains = new Float64Array(2);
  return (direction) => {
    panner.pan(direction, gains);
    return gains;
  };
}

/** Moving sources without HRTF, as binaural mode 'off' asks. */
export interface PannedBank {
  /** Adds the next hop to the outputs. */
  addHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/**
 * Pans objects in stereo, with gains that are linear from step to step, and delays them as long as other sources.
 * Undefined for none. @param tracks current hop of every track
 */
export function createPannedBank(
  sources: readonly TrackedSource[],
  tracks: Tracks,
  baseDelaySamples: number,
  stepFrames: number,
): PannedBank | undefined {
  if (sources.length === 0) return undefined;
  const hopFrames = tracks[0]!.length;
  const input = new Float32Array(hopFrames);
  const lines = [0, 1].map(() => new Float32Array(baseDelaySamples + hopFrames));
  const pan = createStereoPan();
  const direction: [number, number, number] = [0, 0, 0];

  function addRamped(line: Float32Array, from: number, startGain: number, endGain: number): void {
    const slope = (endGain - startGain) / stepFrames;
    const at = baseDelaySamples + from;
    for (let n = 0; n < stepFrames; n++) line[at + n]! += input[from + n]! * (startGain + slope * n);
  }

  function addSource({ track, trackIndex, gain }: TrackedSource, startSample: number): void {
    track.applyGains(startSample, hopFrames, tracks[trackIndex]!, input);
    let [left, right] = pan(track.directionAt(startSample, direction));
    for (let from = 0; from < hopFrames; from += stepFrames) {
      const [endLeft, endRight] = pan(track.directionAt(startSample + from + stepFrames, direction));
      addRamped(lines[0]!, from, gain * left!, gain * endLeft!);
      addRamped(lines[1]!, from, gain * right!, gain * endRight!);
      [left, right] = [endLeft, endRight];
    }
  }

  return {
    addHop(startSample, left, right) {
      for (const line of lines) line.copyWithin(0, hopFrames).fill(0, baseDelaySamples);
      for (const source of sources) addSource(source, startSample);
      for (let n = 0; n < hopFrames; n++) {
        left[n]! += lines[0]![n]!;
        right[n]! += lines[1]![n]!;
      }
    },
    reset() {
      for (const { track } of sources) track.reset();
      for (const line of lines) line.fill(0);
    },
  };
}
