import { expect, test } from 'vitest';
import { cartesianToPolar } from '../../../src/base/coordinates.ts';
import { gaussProductGrid } from '../../../src/math/quadrature.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { solveMagnitudeLeastSquares } from '../../../src/render/ambisonic/magnitude-least-squares.ts';
import { noise } from '../../support.ts';

const order = 3;
const channelCount = 16;
const binCount = 9;
const { directions, weights } = gaussProductGrid(12);
const harmonics = Float64Array.from(
  directions.flatMap((direction) => {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
    return [...sphericalHarmonics(order, azimuthDeg, elevationDeg, 'N3D')];
  }),
);

/** Ears that filters of this order describe without error, the same in every bin. */
const leftFilter = noise(channelCount, 1);
const rightFilter = noise(channelCount, 2);
const evaluate = (filter: Float32Array, d: number): number =>
  filter.reduce((sum, value, acn) => sum + value * harmonics[d * channelCount + acn]!, 0);
const ears = Array.from({ length: binCount }, () => [
  directions.map((_, d) => evaluate(leftFilter, d)),
  directions.map((_, d) => evaluate(rightFilter, d)),
]);
const spectra = {
  binCount,
  directionCount: directions.length,
  real: Float64Array.from(ears.flat(2)),
  imaginary: new Float64Array(binCount * 2 * directions.length),
};

test.each([100, 2])('finds filters of its own order again (cross-over at bin %i)', (crossoverBin) => {
  const { real, imaginary } = solveMagnitudeLeastSquares({
    spectra,
    harmonics,
    channelCount,
    weights,
    matchesCovariance: true,
    crossoverBin,
  });
  for (let bin = 0; bin < binCount; bin++)
    for (const [ear, filter] of [leftFilter, rightFilter].entries())
      filter.forEach((value, acn) => {
        const index = (bin * 2 + ear) * channelCount + acn;
        expect(real[index]).toBeCloseTo(value, 2);
        expect(imaginary[index]).toBeCloseTo(0, 2);
      });
});

test('the covariance of the ears in a diffuse field is kept although the order is too low', () => {
  const low = 1;
  const lowHarmonics = harmonics.filter((_, i) => i % channelCount < 4);
  const { real, imaginary } = solveMagnitudeLeastSquares({
    spectra,
    harmonics: lowHarmonics,
    channelCount: (low + 1) ** 2,
    weights,
    matchesCovariance: true,
    crossoverBin: 2,
  });
  for (let bin = 1; bin < binCount - 1; bin++)
    for (const [ear, filter] of [leftFilter, rightFilter].entries()) {
      const at = (bin * 2 + ear) * 4;
      const power = [0, 1, 2, 3].reduce((sum, i) => sum + real[at + i]! ** 2 + imaginary[at + i]! ** 2, 0);
      expect(power).toBeCloseTo(
        filter.reduce((sum, value) => sum + value * value, 0),
        6,
      );
    }
});
