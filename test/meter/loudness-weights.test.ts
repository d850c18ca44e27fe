import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import type { Loudspeaker } from '../../src/layouts/layout.ts';
import { loudnessWeight, loudnessWeights } from '../../src/meter/loudness-weights.ts';

const at = (nominalAzimuthDeg: number, nominalElevationDeg: number, isLfe = false): Loudspeaker => ({
  label: 'X',
  azimuthDeg: 0,
  elevationDeg: 0,
  nominalAzimuthDeg,
  nominalElevationDeg,
  azimuthRangeDeg: [0, 0],
  elevationRangeDeg: [0, 0],
  isLfe,
});

test('BS.1770-5, Annex 3, Table 4: 1.41 at the sides of ear height, 1 elsewhere, LFE out', () => {
  for (const azimuthDeg of [60, -60, 90, -110, 120]) expect(loudnessWeight(at(azimuthDeg, 0))).toBe(1.41);
  for (const azimuthDeg of [0, 30, -59.9, 120.1, -135, 180])
    expect(loudnessWeight(at(azimuthDeg, 0))).toBe(1);
  expect(loudnessWeight(at(90, 29.9))).toBe(1.41);
  expect(loudnessWeight(at(90, 30))).toBe(1);
  expect(loudnessWeight(at(90, -30))).toBe(1);
  expect(loudnessWeight(at(90, 0, true))).toBe(0);
});

test.each([
  // L R C LFE, then the sides and rears, then above: BS.1770-5, Annex 3, Table 5.
  ['7.1.4', [1, 1, 1, 0, 1.41, 1.41, 1, 1, 1, 1, 1, 1]],
  ['5.1', [1, 1, 1, 0, 1.41, 1.41]],
  ['5.1.4', [1, 1, 1, 0, 1.41, 1.41, 1, 1, 1, 1]],
  ['0+2+0', [1, 1]],
])('weights of %s', (name, weights) => {
  expect(loudnessWeights(getLayout(name))).toEqual(weights);
});

test('22.2: twelve channels at ear height and above, two LFEs out', () => {
  const layout = getLayout('9+10+3');
  const weights = new Map(layout.loudspeakers.map((speaker) => [speaker.label, loudnessWeight(speaker)]));
  expect(
    [...weights]
      .filter(([, weight]) => weight === 1.41)
      .map(([label]) => label)
      .sort(),
  ).toEqual(['M+060', 'M+090', 'M-060', 'M-090']);
  expect([...weights.values()].filter((weight) => weight === 0)).toHaveLength(2);
});
