import { expect, test } from 'vitest';
import { createOctaveBands } from '../../../src/kernels/scalar/octave-bands.ts';

/** Sections without poles: each is x - x2. */
const plain = [[0, 0] as const, [0, 0] as const, [0, 0] as const];

test('a section is x - x2, and a stage every second sample of the half-band filter', () => {
  const bands = [
    { stage: 0, isHighPass: false, sections: plain, gain: 2 },
    { stage: 1, isHighPass: false, sections: plain, gain: 1 },
  ];
  const kernel = createOctaveBands(1, { bands, halfBandTaps: [0.25] });
  const energies = Float64Array.of(0, 100);
  kernel.accumulate([Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0)], 9, energies);
  // (1 - z^-2)^3 is 1, -3, 3, -1. The filter 1/4, 1/2, 1/4 turns the impulse to 1/4, 1/4 at every second sample, and
  // the sections those to 1/4, 1/4, -3/4, -3/4, 3/4 in the time that is left.
  expect(energies[0]).toBe(4 * 20);
  expect(energies[1]).toBe(100 + 29 / 16);
});
