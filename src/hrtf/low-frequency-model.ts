import { createFft } from '../dsp/fft.ts';
import { magnitudesOf, minimumPhaseSpectrum } from '../dsp/minimum-phase.ts';
import { cosineFade } from '../dsp/windows.ts';
import type { AlignedSpectra } from './measured-hrtf.ts';
import { cosineToEar, headRadiusMetres, soundSpeedMetresPerSec, spherePressure } from './rigid-sphere.ts';

/** Below the first the model alone, above the second the measurement alone (on a logarithmic scale between). */
const modelBelowHz = 150;
const measuredAboveHz = 400;

/** How much of the model goes into a frequency, 0..1. */
const modelShare = (frequencyHz: number): number =>
  cosineFade(Math.log(Math.max(1, frequencyHz)), Math.log(modelBelowHz), Math.log(measuredAboveHz));

/**
 * Replaces the low end of measured levels, which loudspeaker and room have spoiled, by that of a rigid
 * sphere, and gives every response its minimum phase: the loudspeaker's own phase goes, the arrival says
 * what lies between the ears (Kulkarni, Isabelle and Colburn 1999). The spectra's diffuse field must lie
 * at 0 dB.
 */
export function replaceLowFrequencies(spectra: AlignedSpectra): AlignedSpectra {
  const { size, sampleRateHz, directionsDeg } = spectra;
  const fft = createFft(size);
  const binHz = sampleRateHz / size;
  const step = (2 * Math.PI * binHz * headRadiusMetres) / soundSpeedMetresPerSec;
  const responses = spectra.real.map((real, r) => {
    const cosine = cosineToEar(directionsDeg[r & ~1]!, directionsDeg[r | 1]!, r & 1);
    const magnitudes = magnitudesOf(real, spectra.imaginary[r]!, 1e-5);
    for (let k = 0; k * binHz < measuredAboveHz; k++) {
      const share = modelShare(k * binHz);
      magnitudes[k] =
        Math.hypot(...spherePressure(k * step, cosine)) ** share * magnitudes[k]! ** (1 - share);
    }
    return minimumPhaseSpectrum(fft, magnitudes);
  });
  return {
    ...spectra,
    real: responses.map((response) => response.real),
    imaginary: responses.map((response) => response.imaginary),
  };
}
