import { ConfigError } from '../../base/errors.ts';
import { createFft, nextPowerOfTwo } from '../../dsp/fft.ts';
import { cosineFade } from '../../dsp/windows.ts';
import { directionWeights } from '../../hrtf/direction-weights.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { shChannelCount, sn3dToN3d, sphericalHarmonics } from '../../math/spherical-harmonics.ts';
import { solveMagnitudeLeastSquares, type EarSpectra } from './magnitude-least-squares.ts';

/** Filters that turn ambisonics (ACN, SN3D) into two ears: ear = sum over acn of channel * filter. */
export interface BinauralDecoder {
  /** [acn][tap] */
  readonly left: Float32Array[];
  readonly right: Float32Array[];
  /** Where the wave front of a source in front lies in the filters, as the arrival 0 of the HRTF set. */
  readonly delaySamples: number;
}

/**
 * How a decoder is fitted. 'covariance' keeps level, timbre and coherence of a diffuse field; 'magnitude' leaves them
 * to the fit, which comes closer to each single direction.
 */
export type DecoderDesign = 'covariance' | 'magnitude';

/** Room before the wave front: interaural lead and the pre-ringing of the fit. */
const delaySec = 0.002;

/** Length of the filters. */
const filterSec = 512 / 48000;

/** Fade at the ends of the filters. */
const fadeInSec = 0.0005;
const fadeOutSec = 0.002;

/** Length of the filters of a rate, and where the wave front of a source in front lies in them. */
export const decoderShape = (
  sampleRateHz: number,
): { readonly tapCount: number; readonly delaySamples: number } => ({
  tapCount: 2 * Math.round((filterSec * sampleRateHz) / 2),
  delaySamples: Math.round(delaySec * sampleRateHz),
});

/** Frequency above which an order fits magnitudes and lets phases go: 1 kHz at order 1, 2.5 kHz at order 7. */
export const magnitudeCrossoverHz = (order: number): number => 750 + 250 * order;

/**
 * Designs the binaural decoder of an order: magnitude least squares, with covariance matching unless the design says
 * otherwise (Schoerkhuber, Zaunschirm and Hoeldrich 2018). Each direction of the set counts with its share of the sphere. The filters
 * hold about 10.7 ms (512 taps at 48 kHz).
 * @param order 1..7
 * @param hrtf the set's own level and rate are kept
 * @throws ConfigError for another order
 */
export function designBinauralDecoder(
  order: number,
  hrtf: HrtfSet,
  design: DecoderDesign = 'covariance',
): BinauralDecoder {
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
  const { sampleRateHz, directionCount, directionsDeg } = hrtf;
  const { tapCount, delaySamples } = decoderShape(sampleRateHz);
  const fftSize = nextPowerOfTwo(2 * Math.max(tapCount, hrtf.tapCount));
  const channelCount = shChannelCount(order);

  const harmonics = new Float64Array(directionCount * channelCount);
  for (let d = 0; d < directionCount; d++) {
    const values = sphericalHarmonics(order, directionsDeg[2 * d]!, directionsDeg[2 * d + 1]!, 'N3D');
    harmonics.set(values, d * channelCount);
  }
  const filters = solveMagnitudeLeastSquares({
    spectra: earSpectra(hrtf, fftSize, delaySamples),
    harmonics,
    channelCount,
    weights: directionWeights(directionsDeg),
    matchesCovariance: design === 'covariance',
    crossoverBin: (magnitudeCrossoverHz(order) * fftSize) / sampleRateHz,
  });

  const fft = createFft(fftSize);
  const window = filterWindow(tapCount, sampleRateHz);
  const filterOf = (ear: number, acn: number): Float32Array => {
    const real = new Float64Array(fftSize);
    const imaginary = new Float64Array(fftSize);
    for (let bin = 0; bin <= fftSize / 2; bin++) {
      const index = (bin * 2 + ear) * channelCount + acn;
      const mirror = (fftSize - bin) % fftSize;
      real[bin] = real[mirror] = filters.real[index]!;
      imaginary[mirror] = -filters.imaginary[index]!;
      if (bin !== mirror) imaginary[bin] = filters.imaginary[index]!;
    }
    fft.inverse(real, imaginary);
    const scale = sn3dToN3d(acn);
    return Float32Array.from(window, (value, tap) => value * scale * real[tap]!);
  };
  const channels = Array.from({ length: channelCount }, (_, acn) => acn);
  return {
    left: channels.map((acn) => filterOf(0, acn)),
    right: channels.map((acn) => filterOf(1, acn)),
    delaySamples,
  };
}

/** Spectra of both ears for every direction, arrival times and `delaySamples` put in. */
function earSpectra(hrtf: HrtfSet, fftSize: number, delaySamples: number): EarSpectra {
  const { directionCount, tapCount, responses, arrivalSamples } = hrtf;
  const binCount = fftSize / 2 + 1;
  const spectra: EarSpectra = {
    binCount,
    directionCount,
    real: new Float64Array(binCount * 2 * directionCount),
    imaginary: new Float64Array(binCount * 2 * directionCount),
  };
  const fft = createFft(fftSize);
  const real = new Float64Array(fftSize);
  const imaginary = new Float64Array(fftSize);
  for (let d = 0; d < directionCount; d++)
    for (let ear = 0; ear < 2; ear++) {
      const response = 2 * d + ear;
      real.fill(0);
      imaginary.fill(0);
      real.set(responses.subarray(response * tapCount, (response + 1) * tapCount));
      fft.forward(real, imaginary);
      const turnRad = (-2 * Math.PI * (arrivalSamples[response]! + delaySamples)) / fftSize;
      for (let bin = 0; bin < binCount; bin++) {
        const c = Math.cos(turnRad * bin);
        const s = Math.sin(turnRad * bin);
        const index = (bin * 2 + ear) * directionCount + d;
        spectra.real[index] = real[bin]! * c - imaginary[bin]! * s;
        spectra.imaginary[index] = real[bin]! * s + imaginary[bin]! * c;
      }
    }
  return spectra;
}

function filterWindow(tapCount: number, sampleRateHz: number): Float64Array {
  const fadeIn = fadeInSec * sampleRateHz;
  const fadeOut = fadeOutSec * sampleRateHz;
  return Float64Array.from(
    { length: tapCount },
    (_, tap) => (1 - cosineFade(tap, 0, fadeIn)) * cosineFade(tap, tapCount - fadeOut, tapCount),
  );
}
