import { polarToCartesian } from '../base/coordinates.ts';
import { createFft } from '../dsp/fft.ts';
import { cosineFade } from '../dsp/windows.ts';
import { alignMeasured, delaySpectrum } from './align-measured.ts';
import { fillLowerDirections } from './fill-lower-directions.ts';
import type { HrtfSet } from './hrtf-set.ts';
import { replaceLowFrequencies } from './low-frequency-model.ts';
import type { AlignedSpectra, MeasuredHrtf } from './measured-hrtf.ts';

/** How a set is cut to length; times hold at every sampling rate. */
export interface BuildHrtfOptions {
  readonly tapCount: number;
  /** Taps before the onset, for the pre-ringing of band-limited delays and resampling. */
  readonly leadTapCount: number;
  /** Taps at the end over which the responses fade out. */
  readonly fadeTapCount: number;
}

/** 5.8 ms at 44.1 kHz. */
export const buildHrtfDefaults: BuildHrtfOptions = Object.freeze({
  tapCount: 256,
  leadTapCount: 8,
  fadeTapCount: 48,
});

/**
 * Turns a measurement of a bare head (loudspeaker and microphones included, no low end, a hole below) into a
 * set that sounds right: diffuse-field equalisation, arrivals split off, elevations set to one distance, the lower directions filled, the
 * low end from a model, minimum phases, cut to length.
 */
export function buildHrtfSet(measured: MeasuredHrtf, options: BuildHrtfOptions = buildHrtfDefaults): HrtfSet {
  const aligned = alignMeasured(measured, { equalizeDiffuseField: true, centreElevations: true });
  const spectra = replaceLowFrequencies(fillLowerDirections(aligned));
  const { name, source, licence } = measured;
  return { name, source, licence, ...cutSpectra(spectra, options) };
}

/** Cuts aligned spectra to responses, and sets time 0 to the onset of a source in front. */
export function cutSpectra(
  spectra: AlignedSpectra,
  { tapCount, leadTapCount, fadeTapCount }: BuildHrtfOptions,
): Omit<HrtfSet, 'name' | 'source' | 'licence'> {
  const { size, sampleRateHz, directionsDeg, arrivalSamples } = spectra;
  const responses = new Float32Array(spectra.real.length * tapCount);
  const fft = createFft(size);
  for (let r = 0; r < spectra.real.length; r++) {
    const real = spectra.real[r]!.slice();
    const imaginary = spectra.imaginary[r]!.slice();
    delaySpectrum(real, imaginary, leadTapCount);
    fft.inverse(real, imaginary);
    for (let n = 0; n < tapCount; n++) {
      const fadeIn = cosineFade(-n, -leadTapCount / 2, 0.5);
      const fadeOut = cosineFade(n, tapCount - fadeTapCount, tapCount);
      responses[r * tapCount + n] = real[n]! * fadeIn * fadeOut;
    }
  }
  const front = 2 * frontDirection(directionsDeg);
  const onsets = [front, front + 1].map(
    (r) => arrivalSamples[r]! + onsetSamples(responses.subarray(r * tapCount, (r + 1) * tapCount)),
  );
  const zero = (onsets[0]! + onsets[1]!) / 2;
  return {
    sampleRateHz,
    directionCount: directionsDeg.length / 2,
    tapCount,
    directionsDeg: directionsDeg.slice(),
    arrivalSamples: arrivalSamples.map((arrival) => arrival - zero),
    responses,
  };
}

/** Index of the direction that lies nearest to the front. */
function frontDirection(directionsDeg: Float64Array): number {
  const frontness = (i: number): number =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!)[1];
  let front = 0;
  for (let i = 1; i < directionsDeg.length / 2; i++) if (frontness(i) > frontness(front)) front = i;
  return front;
}

/** Share of its peak at which a response counts as begun. */
const onsetShare = 0.2;

/** Place where a response first reaches a fifth of its peak, between samples. */
function onsetSamples(response: Float32Array): number {
  const threshold = onsetShare * response.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const after = response.findIndex((sample) => Math.abs(sample) >= threshold);
  if (after <= 0) return 0;
  const before = Math.abs(response[after - 1]!);
  return after - 1 + (threshold - before) / (Math.abs(response[after]!) - before);
}
