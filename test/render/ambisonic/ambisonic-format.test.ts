import { expect, test } from 'vitest';
import {
  ambisonicChannelCount,
  ambisonicChannelLabels,
  describeAmbisonics,
} from '../../../src/render/ambisonic/ambisonic-format.ts';

test('4+2, 9+2 and 16+2 channels with a head-locked pair', () => {
  expect([1, 2, 3].map((order) => ambisonicChannelCount(order, { headLocked: true }))).toEqual([6, 11, 18]);
  expect(ambisonicChannelCount(7, {})).toBe(64);
  expect(ambisonicChannelLabels(1, { headLocked: true })).toEqual([
    'ACN0',
    'ACN1',
    'ACN2',
    'ACN3',
    'HL-L',
    'HL-R',
  ]);
});

test('reports say normalisation, pair and turn', () => {
  expect(describeAmbisonics(3, {})).toBe('ambisonics of order 3, AmbiX (ACN, SN3D)');
  const rotation = { yawDeg: 90, pitchDeg: -5, rollDeg: 0 };
  expect(describeAmbisonics(1, { normalization: 'N3D', headLocked: true, rotation })).toBe(
    'ambisonics of order 1, ACN, N3D, with a head-locked stereo pair, turned by yaw 90, pitch -5, roll 0 degrees',
  );
});
