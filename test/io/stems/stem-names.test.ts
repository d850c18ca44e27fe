import { expect, test } from 'vitest';
import { stemFileNames } from '../../../src/io/stems/stem-names.ts';
import { elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { SceneElement } from '../../../src/scene/scene.ts';

const object = (name: string): SceneElement => ({
  ...elementDefaults,
  id: name,
  name,
  kind: 'object',
  blocks: [objectBlockDefaults],
});
const namesOf = (...names: string[]): string[] => stemFileNames(names.map(object));

test('names stay as they are where file systems take them', () => {
  expect(namesOf('Lead vocal', 'Grüße', '太鼓', 'a.b')).toEqual([
    'Lead vocal.wav',
    'Grüße.wav',
    '太鼓.wav',
    'a.b.wav',
  ]);
});

test('no name is a path, hidden, a device, or empty', () => {
  expect(namesOf('../../etc/passwd', 'a/b\\c', '..', '.', '', '  ', 'CON', 'aux.left', '.hidden')).toEqual([
    '_.._etc_passwd.wav',
    'a_b_c.wav',
    'object 3.wav',
    'object 4.wav',
    'object 5.wav',
    'object 6.wav',
    '_CON.wav',
    '_aux.left.wav',
    'hidden.wav',
  ]);
  expect(namesOf('a:b*c?"d"<e>|f\u0000\n', 'end. . ', 'half \ud83d')).toEqual([
    'a_b_c__d__e__f__.wav',
    'end.wav',
    'half _.wav',
  ]);
});

test('names differ, by more than case and the spelling of accents', () => {
  expect(namesOf('Kick', 'kick', 'KICK', 'kick 2', 'e\u0301', '\u00e9', 'a/b', 'a:b')).toEqual([
    'Kick.wav',
    'kick 2.wav',
    'KICK 3.wav',
    'kick 2 2.wav',
    '\u00e9.wav',
    '\u00e9 2.wav',
    'a_b.wav',
    'a_b 2.wav',
  ]);
});

test('long names are cut between characters, and stay different', () => {
  const [first = '', second = ''] = namesOf('é🥁'.repeat(100), 'é🥁'.repeat(100));
  expect(first).toBe(`${'é🥁'.repeat(16)}.wav`);
  expect(second).toBe(`${'é🥁'.repeat(16)} 2.wav`);
  for (const name of [first, second]) expect(Buffer.byteLength(name)).toBeLessThan(124);
});

test('ambisonic files say what they hold', () => {
  const ambisonic = (normalization: 'SN3D' | 'N3D' | 'FuMa'): SceneElement => ({
    ...elementDefaults,
    id: 'a',
    name: 'room',
    kind: 'ambisonic',
    order: 3,
    normalization,
  });
  expect(stemFileNames((['SN3D', 'N3D', 'FuMa'] as const).map(ambisonic))).toEqual([
    'room.ambix3.wav',
    'room.n3d3.wav',
    'room.fuma3.wav',
  ]);
});
