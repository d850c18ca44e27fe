import { expect, test } from 'vitest';
import { alignMeasured, delaySpectrum } from '../../src/hrtf/align-measured.ts';
import { createFft } from '../../src/dsp/fft.ts';
import { cosineToEar, sphereArrivalSec } from '../../src/hrtf/rigid-sphere.ts';
import { toyMeasurement } from './sets.ts';

test('splits a measurement into the arrivals it was made with and responses that begin at 0', () => {
  const measured = toyMeasurement(20, -40);
  const aligned = alignMeasured(measured, { equalizeDiffuseField: false });
  const fft = createFft(aligned.size);
  aligned.arrivalSamples.forEach((arrival, r) => {
    const cosine = cosineToEar(measured.directionsDeg[r & ~1]!, measured.directionsDeg[r | 1]!, r & 1);
    expect(Math.abs(arrival - sphereArrivalSec(cosine) * 44100)).toBeLessThan(0.7);
    const real = aligned.real[r]!.slice();
    fft.inverse(real, aligned.imaginary[r]!.slice());
    expect(real[1]! / real[0]!).toBeCloseTo(0.5, 3);
  });
});

test('elevations that were measured from other distances are set to one', () => {
  const measured = toyMeasurement(20, -40);
  const { tapCount, directionsDeg } = measured;
  const responses = measured.responses.slice();
  for (let r = 0; r < responses.length / tapCount; r++) {
    const lateSamples = (Math.round(directionsDeg[r | 1]!) * 7) % 5;
    responses.copyWithin(r * tapCount + 20 + lateSamples, r * tapCount + 20, (r + 1) * tapCount - 20);
  }
  const options = { equalizeDiffuseField: false, centreElevations: true };
  const { arrivalSamples } = alignMeasured({ ...measured, responses }, options);
  arrivalSamples.forEach((arrival, r) => {
    const cosine = cosineToEar(directionsDeg[r & ~1]!, directionsDeg[r | 1]!, r & 1);
    expect(Math.abs(arrival - sphereArrivalSec(cosine) * 44100)).toBeLessThan(1);
  });
});

test('delaySpectrum delays whole samples exactly', () => {
  const fft = createFft(16);
  const real = Float64Array.from({ length: 16 }, (_, n) => (n === 2 ? 1 : 0));
  const imaginary = new Float64Array(16);
  fft.forward(real, imaginary);
  delaySpectrum(real, imaginary, 3);
  fft.inverse(real, imaginary);
  expect(real[5]).toBeCloseTo(1, 12);
});
