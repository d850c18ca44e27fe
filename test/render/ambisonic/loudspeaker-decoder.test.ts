import { describe, expect, test } from 'vitest';
import type { Vec3 } from '../../../src/base/coordinates.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { builtInLayouts, getLayout } from '../../../src/layouts/built-in.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { measureDecoder } from '../../../src/render/ambisonic/decoder-quality.ts';
import {
  degreeEnergies,
  designBs2127Decoder,
  designLoudspeakerDecoder,
} from '../../../src/render/ambisonic/loudspeaker-decoder.ts';

/** 2000 directions on a spiral: even over the sphere, on no grid of the design. */
const directions = Array.from({ length: 2000 }, (_, i): Vec3 => {
  const z = 1 - (2 * i + 1) / 2000;
  const radius = Math.sqrt(1 - z * z);
  const turn = i * Math.PI * (3 - Math.sqrt(5));
  return [radius * Math.cos(turn), radius * Math.sin(turn), z];
});
const upper = directions.filter(([, , z]) => z >= 0);

const isEmptyRow = (decoder: Float64Array, row: number, channelCount: number): boolean =>
  decoder.subarray(row * channelCount, (row + 1) * channelCount).every((value) => value === 0);

describe.each([
  ['max-re', designLoudspeakerDecoder],
  ['bs2127', designBs2127Decoder],
] as const)('%s: on every layout of BS.2051, at every order', (_name, design) => {
  test.each(builtInLayouts.map((layout) => [layout.name, layout] as const))(
    '%s: finite, and no loudspeaker without a part',
    (_, layout) => {
      for (const order of [1, 2, 3, 4, 5, 6, 7]) {
        const channelCount = (order + 1) ** 2;
        const decoder = design(order, layout);
        expect(decoder.every(Number.isFinite)).toBe(true);
        layout.loudspeakers.forEach(({ isLfe }, row) =>
          expect(isEmptyRow(decoder, row, channelCount)).toBe(isLfe),
        );
      }
    },
  );
});

describe('7.1.4, upper hemisphere: energy spread and mean angle of the energy vector', () => {
  const layout = getLayout('4+7+0');
  const quality = (order: number) =>
    measureDecoder(designLoudspeakerDecoder(order, layout), order, layout, upper);

  test.each([
    [1, 0.1, 9.0],
    [3, 3.5, 4.0],
    [5, 2.7, 3.5],
  ])('order %i: at most %f dB and %f degrees', (order, spreadDb, angleDeg) => {
    const { energySpreadDb, meanAngleErrorDeg } = quality(order);
    expect(energySpreadDb).toBeLessThanOrEqual(spreadDb);
    expect(meanAngleErrorDeg).toBeLessThanOrEqual(angleDeg);
  });

  test('order 7 is not worse than order 5', () => {
    const fifth = quality(5);
    const seventh = quality(7);
    expect(seventh.energySpreadDb).toBeLessThanOrEqual(fifth.energySpreadDb);
    expect(seventh.meanAngleErrorDeg).toBeLessThanOrEqual(fifth.meanAngleErrorDeg);
  });
});

describe.each(builtInLayouts.map((layout) => [layout.name, layout] as const))('%s', (_, layout) => {
  test.each([1, 2, 3, 7])('order %i: finite, mean energy 1, LFE silent, mirrored', (order) => {
    const channelCount = (order + 1) ** 2;
    const decoder = designLoudspeakerDecoder(order, layout);
    expect(decoder).toHaveLength(layout.loudspeakers.length * channelCount);
    expect(decoder.every(Number.isFinite)).toBe(true);
    expect(measureDecoder(decoder, order, layout, directions).meanEnergyDb).toBeCloseTo(0, 2);
    const play = (azimuthDeg: number): number[] => {
      const harmonics = sphericalHarmonics(order, azimuthDeg, 10);
      return layout.loudspeakers.map((_loudspeaker, row) =>
        harmonics.reduce((sum, value, acn) => sum + value * decoder[row * channelCount + acn]!, 0),
      );
    };
    const left = play(70);
    const right = play(-70);
    layout.loudspeakers.forEach(({ label, isLfe }, row) => {
      if (isLfe) expect(left[row]).toBe(0);
      const mirrored = label.replace(/[+-](?!000|180)/, (sign) => (sign === '+' ? '-' : '+'));
      const partner = layout.loudspeakers.findIndex((other) => other.label === mirrored);
      if (partner >= 0) expect(left[row]).toBeCloseTo(right[partner]!, 2);
    });
  });
});

test('a source on the left plays from the left', () => {
  const layout = getLayout('0+2+0');
  const decoder = designLoudspeakerDecoder(1, layout);
  const harmonics = sphericalHarmonics(1, 90, 0);
  const level = (row: number): number =>
    harmonics.reduce((sum, value, acn) => sum + value * decoder[row * 4 + acn]!, 0);
  expect(Math.abs(level(0))).toBeGreaterThan(2 * Math.abs(level(1)));
});

test('each degree has its share of the mean energy', () => {
  // W alone to one loudspeaker, and X at half: 1 and 0.25 / 3.
  const energies = degreeEnergies(Float64Array.of(1, 0, 0, 0.5), 1);
  expect(energies[0]).toBe(1);
  expect(energies[1]).toBeCloseTo(0.25 / 3, 12);
});

test('refuses other orders', () => {
  expect(() => designLoudspeakerDecoder(8, getLayout('4+7+0'))).toThrow(ConfigError);
  expect(() => designLoudspeakerDecoder(0, getLayout('4+7+0'))).toThrow(/allowed are 1 to 7/);
});
