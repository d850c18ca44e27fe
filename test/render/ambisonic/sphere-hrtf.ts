import { cartesianToPolar } from '../../../src/base/coordinates.ts';
import { createFft } from '../../../src/dsp/fft.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import {
  cosineToEar,
  headRadiusMetres,
  soundSpeedMetresPerSec,
  sphereArrivalSec,
  spherePressure,
} from '../../../src/hrtf/rigid-sphere.ts';
import { gaussProductGrid } from '../../../src/math/quadrature.ts';

/** Transform length, and samples that the responses keep before the wave front. */
const size = 256;
const leadSamples = 24;

/** HRTF set of a rigid sphere with ears on the interaural axis, in 496 directions: a head with a closed form. */
export function createSphereHrtf(sampleRateHz = 48000): HrtfSet {
  const { directions } = gaussProductGrid(30);
  const polar = directions.map(cartesianToPolar);
  const fft = createFft(size);
  const responses = new Float32Array(polar.length * 2 * size);
  const arrivalSamples = new Float64Array(polar.length * 2);
  polar.forEach(({ azimuthDeg, elevationDeg }, d) => {
    for (let ear = 0; ear < 2; ear++) {
      const cosine = cosineToEar(azimuthDeg, elevationDeg, ear);
      const arrival = sphereArrivalSec(cosine) * sampleRateHz;
      const real = new Float64Array(size);
      const imaginary = new Float64Array(size);
      for (let bin = 0; bin <= size / 2; bin++) {
        const omega = (2 * Math.PI * bin) / size;
        const ka = (omega * sampleRateHz * headRadiusMetres) / soundSpeedMetresPerSec;
        const [re, im] = spherePressure(ka, cosine);
        const turn = omega * (arrival - leadSamples);
        real[bin] = re * Math.cos(turn) - im * Math.sin(turn);
        imaginary[bin] = bin === size / 2 ? 0 : re * Math.sin(turn) + im * Math.cos(turn);
        if (bin > 0) {
          real[size - bin] = real[bin]!;
          imaginary[size - bin] = -imaginary[bin]!;
        }
      }
      fft.inverse(real, imaginary);
      responses.set(real, (2 * d + ear) * size);
      arrivalSamples[2 * d + ear] = arrival - leadSamples;
    }
  });
  return {
    name: 'rigid sphere',
    sampleRateHz,
    directionCount: polar.length,
    tapCount: size,
    directionsDeg: Float64Array.from(polar.flatMap((p) => [p.azimuthDeg, p.elevationDeg])),
    arrivalSamples,
    responses,
    source: 'closed form',
    licence: 'none needed',
  };
}
