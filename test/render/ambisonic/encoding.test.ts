import { expect, test } from 'vitest';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import {
  createHeadLockedEncoding,
  createSphereEncoding,
  isHeadLocked,
} from '../../../src/render/ambisonic/encoding.ts';
import { pointPlacement } from '../../../src/render/binaural/ear-filters.ts';
import { ambisonicScene } from '../../../src/scene/make-scene.ts';
import { blockAt, objectOf } from '../binaural/scenes.ts';

test('a sphere leaves the head-locked pair silent, and turns what it is given', () => {
  const gains = new Float64Array(11).fill(5);
  const encoding = createSphereEncoding(2, {
    normalization: 'N3D',
    rotation: { yawDeg: 50, pitchDeg: 0, rollDeg: 0 },
  });
  encoding.encode(pointPlacement(-20, 10), gains);
  const wanted = [...sphericalHarmonics(2, 30, 10, 'N3D'), 0, 0];
  gains.forEach((gain, output) => expect(gain).toBeCloseTo(wanted[output]!, 12));
});

test('a turn by 90 degrees takes Y to -X; channels above the order are cut off', () => {
  const encoding = createSphereEncoding(1, { rotation: { yawDeg: 90, pitchDeg: 0, rollDeg: 0 } });
  const gains = new Float64Array(4);
  encoding.encodeAcn(1, 2, gains);
  [0, 0, 0, -2].forEach((wanted, acn) => expect(gains[acn]).toBeCloseTo(wanted, 12));
  const none = new Float64Array(4);
  encoding.encodeAcn(4, 1, none);
  expect(none).toEqual(new Float64Array(4));
});

test('a head-locked source pans between left and right', () => {
  const encoding = createHeadLockedEncoding(1);
  const gains = new Float64Array(6).fill(5);
  encoding.encode(pointPlacement(0, 0), gains);
  expect([...gains]).toEqual([0, 0, 0, 0, expect.closeTo(Math.SQRT1_2, 9), expect.closeTo(Math.SQRT1_2, 9)]);
});

test('objects and beds of binaural mode off are head-locked', () => {
  expect(isHeadLocked(objectOf([blockAt(0)], { binauralMode: 'off' }))).toBe(true);
  expect(isHeadLocked(objectOf([blockAt(0)], { binauralMode: 'near' }))).toBe(false);
  const [sphere, pair] = ambisonicScene(1, { normalization: 'SN3D', isHeadLocked: true }).elements;
  expect([isHeadLocked(sphere!), isHeadLocked(pair!)]).toEqual([false, true]);
});
