import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';
import { powerToDb } from '../base/units.ts';
import { designOctaveBands, type BandsPerOctave } from '../dsp/octave-bands.ts';
import type { Kernels } from '../kernels/kernels.ts';

/** What the filters still hold when a programme ends: half a second, several periods of the lowest band. */
const tailSec = 0.5;

/** Levels of octave bands; silence is -Infinity. */
export interface OctaveLevels {
  /** Exact mid-band frequencies [band]: 31.6 Hz to 15.8 kHz (thirds: 20 Hz to 20 kHz), fewer where the rate ends. */
  readonly centresHz: readonly number[];
  /** Root mean square [channel][band]; a sine of full scale in the middle of a band reads -3.01. */
  readonly levelsDbfs: readonly (readonly number[])[];
}

/** Measures octave bands. */
export interface OctaveMeter {
  /** Takes the next stretch of the programme. */
  take(step: AudioBlock): void;
  /** Ends the programme and gives its levels. */
  finish(): OctaveLevels;
}

/** Creates a meter of octave bands, or thirds of them, by the filters of IEC 61260-1 (see `designOctaveBands`). */
export function createOctaveMeter(
  kernels: Kernels,
  channelCount: number,
  sampleRateHz: number,
  bandsPerOctave?: BandsPerOctave,
): OctaveMeter {
  const { centresHz, design } = designOctaveBands(sampleRateHz, bandsPerOctave);
  const kernel = kernels.createOctaveBands(channelCount, design);
  const energies = new Float64Array(channelCount * design.bands.length);
  let frames = 0;
  const accumulate = ({ channels, frameCount }: AudioBlock): void =>
    kernel.accumulate(channels, frameCount, energies);
  return {
    take(step) {
      accumulate(step);
      frames += step.frameCount;
    },
    finish() {
      accumulate(createAudioBlock(channelCount, Math.ceil(tailSec * sampleRateHz)));
      const levelOf = (energy: number, band: number): number =>
        frames === 0 ? -Infinity : powerToDb((energy * 2 ** design.bands[band].stage) / frames);
      const levelsDbfs = Array.from({ length: channelCount }, (_, channel) =>
        Array.from(centresHz, (_centre, band) => levelOf(energies[channel * centresHz.length + band], band)),
      );
      return { centresHz, levelsDbfs };
    },
  };
}
