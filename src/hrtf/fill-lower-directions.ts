import { degToRad } from '../base/units.ts';
import { createFft } from '../dsp/fft.ts';
import { magnitudesOf, minimumPhaseSpectrum } from '../dsp/minimum-phase.ts';
import type { AlignedSpectra } from './measured-hrtf.ts';
import {
  cosineToEar,
  headRadiusMetres,
  soundSpeedMetresPerSec,
  sphereArrivalSec,
  spherePressure,
} from './rigid-sphere.ts';

/** Elevation between the rings that are added, and directions of a ring at the horizon. */
const ringStepDeg = 10;
const equatorCount = 72;

/** How an ear's response at one direction differs from that of a rigid sphere. */
interface Deviation {
  /** log |measured / sphere| [bin], 0..size/2 */
  readonly logMagnitudes: Float64Array;
  readonly arrivalSamples: number;
}

/**
 * Adds the directions below a set's lowest ring, where measuring rigs end. A rigid sphere says how the
 * response depends on direction there; how the lowest measured ring deviates from the sphere (log magnitude
 * and arrival) is carried on, fading from the deviation at the same azimuth to the ring's mean at the nadir.
 * Phases are minimum. Sets that reach below -80 degrees come back as they are.
 */
export function fillLowerDirections(spectra: AlignedSpectra): AlignedSpectra {
  const ring = lowestRing(spectra);
  const { elevationDeg: lowestDeg } = ring;
  if (lowestDeg < -80) return spectra;
  const { sampleRateHz, size } = spectra;
  const sphere = (azimuthDeg: number, elevationDeg: number, ear: number): Deviation =>
    sphereResponse(sampleRateHz, size, cosineToEar(azimuthDeg, elevationDeg, ear));
  const deviations = ring.directions.map(({ index, azimuthDeg }) =>
    [0, 1].map((ear) => {
      const r = 2 * index + ear;
      const measured = magnitudesOf(spectra.real[r]!, spectra.imaginary[r]!, 1e-6).map(Math.log);
      return blend(
        { logMagnitudes: measured, arrivalSamples: spectra.arrivalSamples[r]! },
        sphere(azimuthDeg, lowestDeg, ear),
        1,
        -1,
      );
    }),
  );
  const means = [0, 1].map((ear) => meanOf(deviations.map((pair) => pair[ear]!)));

  const fft = createFft(size);
  const directionsDeg = [...spectra.directionsDeg];
  const arrivals = [...spectra.arrivalSamples];
  const real = [...spectra.real];
  const imaginary = [...spectra.imaginary];
  for (const [azimuthDeg, elevationDeg] of directionsBelow(lowestDeg)) {
    directionsDeg.push(azimuthDeg, elevationDeg);
    const [before, after, share] = ringPlace(ring.directions, azimuthDeg);
    const ownShare = (90 + elevationDeg) / (90 + lowestDeg);
    for (const ear of [0, 1]) {
      const own = blend(deviations[before]![ear]!, deviations[after]![ear]!, 1 - share, share);
      const deviation = blend(own, means[ear]!, ownShare, 1 - ownShare);
      const { logMagnitudes, arrivalSamples } = blend(sphere(azimuthDeg, elevationDeg, ear), deviation, 1, 1);
      const response = minimumPhaseSpectrum(fft, logMagnitudes.map(Math.exp));
      arrivals.push(arrivalSamples);
      real.push(response.real);
      imaginary.push(response.imaginary);
    }
  }
  return {
    ...spectra,
    directionsDeg: Float64Array.from(directionsDeg),
    arrivalSamples: Float64Array.from(arrivals),
    real,
    imaginary,
  };
}

/** a * shareA + b * shareB. */
function blend(a: Deviation, b: Deviation, shareA: number, shareB: number): Deviation {
  return {
    logMagnitudes: a.logMagnitudes.map((value, k) => value * shareA + b.logMagnitudes[k]! * shareB),
    arrivalSamples: a.arrivalSamples * shareA + b.arrivalSamples * shareB,
  };
}

/** Mean of several deviations. */
function meanOf(deviations: readonly Deviation[]): Deviation {
  const zero: Deviation = {
    logMagnitudes: new Float64Array(deviations[0]!.logMagnitudes.length),
    arrivalSamples: 0,
  };
  return deviations.reduce((sum, deviation) => blend(sum, deviation, 1, 1 / deviations.length), zero);
}

/** Log magnitudes and arrival of a point on a rigid sphere. */
function sphereResponse(sampleRateHz: number, size: number, cosine: number): Deviation {
  const step = (2 * Math.PI * sampleRateHz * headRadiusMetres) / (size * soundSpeedMetresPerSec);
  return {
    logMagnitudes: Float64Array.from({ length: size / 2 + 1 }, (_, k) =>
      Math.log(Math.hypot(...spherePressure(k * step, cosine))),
    ),
    arrivalSamples: sphereArrivalSec(cosine) * sampleRateHz,
  };
}

/** The directions of lowest elevation, by azimuth. */
function lowestRing({ directionsDeg }: AlignedSpectra): {
  elevationDeg: number;
  directions: { index: number; azimuthDeg: number }[];
} {
  const indices = Array.from({ length: directionsDeg.length / 2 }, (_, i) => i);
  const elevationDeg = Math.min(...indices.map((i) => directionsDeg[2 * i + 1]!));
  const directions = indices
    .filter((i) => directionsDeg[2 * i + 1]! < elevationDeg + 0.5)
    .map((index) => ({ index, azimuthDeg: directionsDeg[2 * index]! }))
    .sort((a, b) => a.azimuthDeg - b.azimuthDeg);
  return { elevationDeg, directions };
}

/** Neighbours of an azimuth on a ring, and how far from the first to the second it lies (0..1). */
function ringPlace(
  ring: readonly { azimuthDeg: number }[],
  azimuthDeg: number,
): [before: number, after: number, share: number] {
  const found = ring.findIndex((direction) => direction.azimuthDeg > azimuthDeg);
  const after = found < 0 ? 0 : found;
  const before = (after + ring.length - 1) % ring.length;
  const turn = (angleDeg: number): number => ((angleDeg % 360) + 360) % 360;
  const span = turn(ring[after]!.azimuthDeg - ring[before]!.azimuthDeg) || 360;
  return [before, after, turn(azimuthDeg - ring[before]!.azimuthDeg) / span];
}

/** Rings below an elevation down to the nadir, spaced like those above. */
function directionsBelow(lowestDeg: number): [azimuthDeg: number, elevationDeg: number][] {
  const directions: [number, number][] = [];
  for (let elevationDeg = lowestDeg - ringStepDeg; elevationDeg >= -90; elevationDeg -= ringStepDeg) {
    const count = Math.max(1, Math.round(equatorCount * Math.cos(degToRad(elevationDeg))));
    for (let i = 0; i < count; i++) {
      const azimuthDeg = (360 * i) / count;
      directions.push([azimuthDeg > 180 ? azimuthDeg - 360 : azimuthDeg, elevationDeg]);
    }
  }
  return directions;
}
