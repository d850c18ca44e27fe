import type { AudioBlock } from '../base/audio-block.ts';
import { gainToDb, powerToDb } from '../base/units.ts';
import { createBiquadCascade } from '../dsp/biquad.ts';
import { designButterworth } from '../dsp/parametric-eq.ts';
import { createSilenceMeter, type OuterSilence } from './outer-silence.ts';

/**
 * An octave over 150 Hz, the highest corner of an LFE's low-pass. What a filter of 18 dB an octave at 150 Hz leaves of
 * white noise has 0.6 % of its energy above it (-22.2 dB), that of 12 dB an octave 3.8 % (-14.3 dB).
 */
export const lfeBandEdgeHz = 300;
/** Share of an LFE's energy above `lfeBandEdgeHz` that tells it from one that is not low-passed: 1 %. */
export const lfeHighShareLimitDb = -20;

/** Steep enough that what lies below 150 Hz does not count. */
const highPassOrder = 8;

/** What was measured of the tracks of a programme. */
export interface TrackMeasurement {
  /** [track]; silence is -Infinity. */
  readonly peaksDbfs: readonly number[];
  /** Energy above `lfeBandEdgeHz` against all of it [track]; NaN for silence and for tracks that are no LFE. */
  readonly highSharesDb: readonly number[];
  readonly silence: OuterSilence;
}

/** Measures tracks as they are, before anything is rendered. */
export interface TrackMeter {
  /** Takes a block with all tracks; changes nothing in it. */
  process(block: AudioBlock): void;
  finish(): TrackMeasurement;
}

/** Creates a meter of peaks, of the silence at both ends, and of how high LFEs reach. @param lfeTracks their numbers */
export function createTrackMeter(
  trackCount: number,
  sampleRateHz: number,
  lfeTracks: readonly number[],
): TrackMeter {
  const silence = createSilenceMeter(sampleRateHz);
  const peaks = new Float64Array(trackCount);
  const shares = new Map(lfeTracks.map((track) => [track, createShareMeter(sampleRateHz)]));
  let frames = 0;
  return {
    process({ channels, frameCount }) {
      for (let track = 0; track < trackCount; track++) {
        const samples = channels[track]!;
        let peak = 0;
        for (let frame = 0; frame < frameCount; frame++) {
          const level = Math.abs(samples[frame]!);
          if (level > peak) peak = level;
        }
        peaks[track] = Math.max(peaks[track]!, peak);
        silence.take(samples, frameCount, frames, peak);
        shares.get(track)?.take(samples, frameCount);
      }
      frames += frameCount;
    },
    finish: () => ({
      peaksDbfs: Array.from(peaks, gainToDb),
      highSharesDb: Array.from(peaks, (_, track) => shares.get(track)?.shareDb() ?? NaN),
      silence: silence.result(frames),
    }),
  };
}

function createShareMeter(sampleRateHz: number) {
  const highPass = createBiquadCascade(designButterworth('high', lfeBandEdgeHz, highPassOrder, sampleRateHz));
  let copy = new Float32Array(0);
  let energy = 0;
  let highEnergy = 0;
  const energyOf = (samples: Float32Array, frameCount: number): number => {
    let sum = 0;
    for (let frame = 0; frame < frameCount; frame++) sum += samples[frame]! ** 2;
    return sum;
  };
  return {
    take(samples: Float32Array, frameCount: number): void {
      if (copy.length < frameCount) copy = new Float32Array(frameCount);
      copy.set(samples.subarray(0, frameCount));
      energy += energyOf(copy, frameCount);
      highPass.process(copy, frameCount);
      highEnergy += energyOf(copy, frameCount);
      highPass.flush();
    },
    shareDb: (): number => powerToDb(highEnergy / energy),
  };
}
