import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { measureDecoder } from '../../../src/render/ambisonic/decoder-quality.ts';

test('one loudspeaker that plays W alone: energy 1 everywhere, energy vector on it', () => {
  const layout = getLayout('0+1+0');
  const quality = measureDecoder(Float64Array.of(1, 0, 0, 0), 1, layout, [
    [0, 1, 0],
    [1, 0, 0],
  ]);
  expect(quality.energySpreadDb).toBe(0);
  expect(quality.meanEnergyDb).toBe(0);
  expect(quality.meanAngleErrorDeg).toBeCloseTo(45, 12);
  expect(quality.maxAngleErrorDeg).toBeCloseTo(90, 12);
  expect(quality.meanEnergyVector).toBeCloseTo(1, 12);
  expect(quality.meanVelocityVector).toBeCloseTo(0.5, 12);
});
