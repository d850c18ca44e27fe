import { polarToCartesian } from '../../src/base/coordinates.ts';
import type { HrtfSet } from '../../src/hrtf/hrtf-set.ts';
import type { MeasuredHrtf } from '../../src/hrtf/measured-hrtf.ts';
import { cosineToEar, sphereArrivalSec } from '../../src/hrtf/rigid-sphere.ts';

/** Directions in rings of equal elevation [direction][azimuthDeg, elevationDeg]. */
export function ringDirections(stepDeg: number, lowestDeg = -90): Float64Array {
  const values: number[] = [];
  for (let elevationDeg = lowestDeg; elevationDeg <= 90; elevationDeg += stepDeg) {
    const count = Math.max(1, Math.round((360 / stepDeg) * Math.cos((elevationDeg * Math.PI) / 180)));
    for (let i = 0; i < count; i++) {
      const azimuthDeg = (360 * i) / count;
      values.push(azimuthDeg > 180 ? azimuthDeg - 360 : azimuthDeg, elevationDeg);
    }
  }
  return Float64Array.from(values);
}

/** Level of an ear of the toy head: louder on its own side. */
export const toyLevel = (azimuthDeg: number, elevationDeg: number, ear: number): number =>
  Math.exp(0.5 * cosineToEar(azimuthDeg, elevationDeg, ear));

/** A toy head: a two-tap response with that level, and the arrivals of a rigid sphere. */
export function toySet(stepDeg = 15, sampleRateHz = 48000): HrtfSet {
  const directionsDeg = ringDirections(stepDeg);
  const directionCount = directionsDeg.length / 2;
  const tapCount = 32;
  const arrivalSamples = new Float64Array(2 * directionCount);
  const responses = new Float32Array(2 * directionCount * tapCount);
  for (let r = 0; r < 2 * directionCount; r++) {
    const [azimuthDeg, elevationDeg] = [directionsDeg[r & ~1]!, directionsDeg[r | 1]!];
    arrivalSamples[r] = sphereArrivalSec(cosineToEar(azimuthDeg, elevationDeg, r & 1)) * sampleRateHz;
    const level = toyLevel(azimuthDeg, elevationDeg, r & 1);
    responses[r * tapCount + 8] = level;
    responses[r * tapCount + 9] = 0.5 * level;
  }
  return {
    name: 'toy',
    source: 'test',
    licence: 'none',
    sampleRateHz,
    directionCount,
    tapCount,
    directionsDeg,
    arrivalSamples,
    responses,
  };
}

/** The toy head as a laboratory would measure it: arrivals inside the responses, in whole samples. */
export function toyMeasurement(stepDeg: number, lowestDeg: number): MeasuredHrtf {
  const directionsDeg = ringDirections(stepDeg, lowestDeg);
  const directionCount = directionsDeg.length / 2;
  const tapCount = 256;
  const responses = new Float64Array(2 * directionCount * tapCount);
  for (let r = 0; r < 2 * directionCount; r++) {
    const [azimuthDeg, elevationDeg] = [directionsDeg[r & ~1]!, directionsDeg[r | 1]!];
    const arrival = sphereArrivalSec(cosineToEar(azimuthDeg, elevationDeg, r & 1)) * 44100;
    const at = r * tapCount + 60 + Math.round(arrival);
    const level = 0.2 * toyLevel(azimuthDeg, elevationDeg, r & 1);
    responses[at] = level;
    responses[at + 1] = 0.5 * level;
  }
  return {
    name: 'toy',
    source: 'test',
    licence: 'none',
    sampleRateHz: 44100,
    directionCount,
    tapCount,
    directionsDeg,
    responses,
  };
}

/** Index of the direction of a set that lies nearest to a given one. */
export function nearestDirection(
  directionsDeg: Float64Array,
  azimuthDeg: number,
  elevationDeg: number,
): number {
  const [x, y, z] = polarToCartesian(azimuthDeg, elevationDeg);
  let best = 0;
  let largest = -2;
  for (let i = 0; i < directionsDeg.length / 2; i++) {
    const [a, b, c] = polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!);
    if (a * x + b * y + c * z <= largest) continue;
    largest = a * x + b * y + c * z;
    best = i;
  }
  return best;
}

/** Level of a response at a frequency, in dB. */
export function levelDbAt(response: ArrayLike<number>, frequencyHz: number, sampleRateHz: number): number {
  let [re, im] = [0, 0];
  for (let n = 0; n < response.length; n++) {
    const angle = (2 * Math.PI * frequencyHz * n) / sampleRateHz;
    re += response[n]! * Math.cos(angle);
    im -= response[n]! * Math.sin(angle);
  }
  return 20 * Math.log10(Math.hypot(re, im));
}
