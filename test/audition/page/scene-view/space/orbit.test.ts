import { expect, test } from 'vitest';
import {
  eyeOf,
  firstOrbit,
  orbitCommand,
  orbited,
  orbitHelp,
} from '../../../../../src/audition/page/scene-view/space/orbit.ts';

test('the first view is from behind and above', () => {
  const [, y, z] = eyeOf(firstOrbit);
  expect(y).toBeLessThan(-2);
  expect(z).toBeGreaterThan(1);
});

test('turning right from behind goes to the right', () => {
  const behind = { azimuthDeg: 180, elevationDeg: 0, distance: 3 };
  const [x] = eyeOf(orbited(behind, { kind: 'turn', rightDeg: 20, upDeg: 0 }));
  expect(x).toBeGreaterThan(0.5);
});

test('the view never tips over and stays in reach', () => {
  const up = orbited(firstOrbit, { kind: 'turn', rightDeg: 0, upDeg: 400 });
  expect(up.elevationDeg).toBe(88);
  expect(orbited(up, { kind: 'turn', rightDeg: 0, upDeg: -400 }).elevationDeg).toBe(-30);
  expect(orbited(firstOrbit, { kind: 'zoom', factor: 100 }).distance).toBe(8);
  expect(orbited(firstOrbit, { kind: 'zoom', factor: 0.01 }).distance).toBe(1.6);
  expect(orbited(up, { kind: 'reset' })).toEqual(firstOrbit);
});

test('keys turn, zoom and reset, and others are left alone', () => {
  expect(orbitCommand('ArrowRight')).toMatchObject({ kind: 'turn', upDeg: 0 });
  expect(
    ['ArrowLeft', 'ArrowUp', 'ArrowDown', '+', '=', '-', 'Home'].map((key) => orbitCommand(key)?.kind),
  ).toEqual(['turn', 'turn', 'turn', 'zoom', 'zoom', 'zoom', 'reset']);
  expect(orbitCommand(' ')).toBeUndefined();
  expect(orbitHelp).toContain('Home');
});
